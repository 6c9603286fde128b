"""Forms -> pages for a screen: one HTML file each, which asks for nothing and can do only what is in it."""

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from ..form import Form, Settings
from ..identity import fingerprint, form_digest, quiz_id, token
from .frame import minutes_of
from .lean import lean_markup, lean_script, lean_style, words_in_texts
from .media import Screen, TextSetter
from .pages import Known, Pictureless, on_screen, passage_on_screen
from .plurals import as_data
from .practice import practice_form
from .school import accent
from .student import student_form
from .templating import filled, page_policy, source, words

_PARTS = (
    "page", "exam", "exercise", "answers", "store", "draft", "passage", "tools", "order", "views", "map", "display",
    "timer", "seal", "hpke", "handin", "check", "reviewfile", "review", "scoring", "practice", "main",
)  # fmt: skip
"""What the script of a page is joined from, in this order; the files are in `templates/player/`."""
_EXAM = {"exam", "seal", "hpke", "handin", "check", "reviewfile", "review"}
_PRACTICE = {"exercise", "scoring", "practice"}
"""What only an exam needs, and what only practice does."""


def quiz_page(
    form: Form, settings: Settings, *, quiz: str = "", seed: str = "", known: Known = MappingProxyType({})
) -> bytes:
    """The form as one HTML file. Only a practice page knows the answers, and it says so.

    A response names the quiz by what it is called and the seed of its build. Where the lines of passages are `known`,
    they have the numbers that they have on paper, and texts cite them.
    """
    practice = practice_form(form) if settings.mode == "practice" else None
    said = words(form.language)
    data = _data(form, settings, quiz, seed)
    script, spoken = _script(_parts(form, data))
    style = source("screen.css") + accent(settings.colour)
    return filled(
        "page.html.j2",
        form=student_form(form),
        words=said,
        lean=lambda body: Markup(lean_markup(body)),  # noqa: S704 (made by a template)
        css=lambda body: _style(style, _names(body) | words_in_texts(script)),
        script=script,
        policy=lambda css: _policy(css, script),
        practice=practice,
        data=_json(data | {"words": [as_data(said[word]) for word in spoken]}),
        answers=_json(practice.keys) if practice else None,
        texts=on_screen(said, known),
        passage=passage_on_screen(said, known),
        whole=TextSetter(Pictureless(Screen({}))),
    ).encode()


def _data(form: Form, settings: Settings, quiz: str, seed: str) -> dict[str, Any]:
    """What the script knows of the form; nothing of it depends on a key."""
    screen, candidate, called = settings.screen, form.candidate, quiz_id(seed, quiz)
    return {
        "v": 1,
        "mode": settings.mode,
        "name": re.sub(r"[^a-z0-9]+", "-", quiz.lower()).strip("-") or "quiz",
        "quiz": called,
        "digest": form_digest(form, called),
        "form": form.id,
        "candidate": {"id": candidate.id, "name": candidate.name} if candidate else None,
        "token": token(seed, called, candidate.id) if candidate else None,
        "recipients": [{"id": fingerprint(point), "key": point} for point in screen.recipients],
        "minutes": minutes_of(form) if screen.timer else None,
        "shared": screen.shared,
    }


def _json(value: Any) -> Markup:
    """As a page holds it, with every letter as itself."""
    return htmlsafe_json_dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


# --- Style and script -------------------------------------------------------------------------------------------


def _parts(form: Form, data: dict[str, Any]) -> tuple[str, ...]:
    """The files that a page's script is joined from: what its form, its mode and its settings need."""
    unneeded = _PRACTICE if data["mode"] == "exam" else _EXAM
    if not data["recipients"]:
        unneeded = unneeded | {"hpke"}
    if data["minutes"] is None:
        unneeded = unneeded | {"timer"}
    if all(placed.item.type != "ordering" for placed in form.items):
        unneeded = unneeded | {"order"}
    return tuple(part for part in _PARTS if part not in unneeded)


_WORD = re.compile(r"\bwords\.(\w+)")


@lru_cache(maxsize=8)
def _script(parts: tuple[str, ...]) -> tuple[Markup, tuple[str, ...]]:
    """The script of a page, and the words that it says, which it knows by their places."""
    whole = "".join(source(f"player/{name}.js") for name in parts)
    places = {word: place for place, word in enumerate(dict.fromkeys(_WORD.findall(whole)))}
    numbered = _WORD.sub(lambda found: f"words[{places[found[1]]}]", whole)
    return Markup(f'"use strict";(()=>{{{lean_script(numbered)}}})()'), tuple(places)  # noqa: S704 (ours)


_TAG = re.compile(r"<([a-z]\w*)")
_CLASS = re.compile(r"""\bclass=(?:"([^"]*)"|([\w-]+))""")


def _names(markup: str) -> frozenset[str]:
    """The elements and classes of a page, as its style sheet may name them."""
    classes = (name for found in set(_CLASS.findall(markup)) for name in "".join(found).split())
    return frozenset({"html", *_TAG.findall(markup), *classes})


@lru_cache(maxsize=8)
def _style(style: str, names: frozenset[str]) -> Markup:
    return Markup(lean_style(style, names))  # noqa: S704 (ours or the teacher's)


@lru_cache(maxsize=8)
def _policy(style: str, script: str) -> str:
    return page_policy(style, script)
