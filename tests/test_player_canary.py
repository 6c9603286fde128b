"""A canary: texts that would run something or ask for something, in all places where an author or a school writes.

Each browser has one way into the net, which ends in the test: what is asked for is seen there, whatever it says itself.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from quizgen.bank import Bank
from quizgen.form import Candidate, Form, Section, Settings
from quizgen.render.screen import quiz_page

from .browsers import IN_BOTH, Browsers, Engine, browsers
from .strategies import file_of
from .taking import QUIZ, SEED, wait_until_ready
from .test_browser import HOSTILE, PROVOKE, PWNED
from .test_page import BOTH_MODES, PRACTICE, form_from, picture

__all__ = ["browsers"]
HOST = "evil.example"
CALLS = [
    f'<img src="http://{HOST}/plain.png">',
    f'<link rel="preload" as="image" href="http://{HOST}/p.png"><link rel="dns-prefetch" href="//{HOST}">',
    f'<video autoplay src="http://{HOST}/v.mp4"></video><audio src="http://{HOST}/a.mp3" autoplay></audio>',
    f'<svg><image href="http://{HOST}/i.svg"/><use href="http://{HOST}/u.svg#x"/></svg>',
    f'<p style="background:url(http://{HOST}/s.png)">x</p><table background="http://{HOST}/t.png"></table>',
    f'<form action="http://{HOST}/f"><button autofocus>x</button></form><img srcset="http://{HOST}/2x.png 2x">',
]
TEXTS = [*HOSTILE, *CALLS]


def hostile_form() -> Form:
    """Every kind of place has a hostile text, and every hostile text has some places."""

    def text(at: int) -> str:
        return TEXTS[at % len(TEXTS)]

    def line(at: int) -> str:
        return " ".join(text(at).split())

    def gap(at: int) -> str:
        return re.sub(r"[{}|]", "", line(at))

    items: list[dict[str, Any]] = []
    for at in range(len(TEXTS)):
        why = {"text": line(at + 1), "why": text(at + 2)}
        bodies: list[dict[str, Any]] = [
            {"type": "multiple_choice", "answer": {"text": line(at), "why": text(at)}, "distractors": [why, "b"]},
            {"type": "multiple_response", "answers": [why], "distractors": [f"{line(at)} {at}", "b"]},
            {"type": "short_answer", "answers": [line(at)]},
            {"type": "matching", "pairs": {line(at): f"a {line(at)}", f"b {at}": f"c {line(at + 1)}"}},
            {"type": "ordering", "sequence": [line(at), f"{at} {line(at + 1)}"]},
            {"type": "cloze", "text": f"{text(at)}\n\n{{{{{gap(at)}}}}}"},
            {"type": "numeric", "answer": "1", "unit": line(at)},
            {"type": "essay", "rubric": [line(at)]},
            {"type": "true_false", "answer": "true"},
        ]
        passage = {"passage": f"p{at}", "evidence": text(at)} if at % 3 == 0 else {}
        items.append({"id": f"i{at}", "stem": text(at), "rationale": text(at), **bodies[at % len(bodies)], **passage})
    passages = [{"id": f"p{at}", "heading": line(at), "text": text(at)} for at in range(0, len(TEXTS), 3)]
    source = {"title": HOSTILE[6], "author": HOSTILE[0], "publisher": HOSTILE[8]}
    article = {"id": "hostile", "title": HOSTILE[11], "language": "en", "source": source, "license": HOSTILE[2]}
    file = file_of({"article": article, "passages": passages, "items": items})
    object.__setattr__(file, "images", {"swing.png": picture()})
    form = form_from(Bank((file,)))
    first, *others = form.sets
    return replace(
        form,
        title=HOSTILE[12],
        sections=(Section((first,), HOSTILE[0], HOSTILE[10]), Section(tuple(others), CALLS[0], CALLS[1])),
        header=HOSTILE[13],
        instructions="\n\n".join(HOSTILE),
        candidate=Candidate("7b-04", HOSTILE[2], 0.25),
    )


def use(page: Page) -> None:
    """Answers everything, opens all that opens, and sends every event that a handler in an attribute could wait for."""
    wait_until_ready(page)
    page.evaluate(
        """(hostile) => {
      const fields = [...document.querySelectorAll("input:not([type=file]), select, textarea")];
      for (const field of fields) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = true;
        else if (field.options) field.selectedIndex = 1;
        else field.value = hostile;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      const pressed = "#questions button, .bar button";
      for (const button of document.querySelectorAll(pressed)) button.click();
    }""",
        HOSTILE[2],
    )
    page.evaluate(PROVOKE)


@IN_BOTH
@pytest.mark.parametrize("policy", [True, False], ids=["with the policy", "without it"])
@BOTH_MODES
def test_texts_run_nothing_and_ask_for_nothing(
    browsers: Browsers, engine: Engine, tmp_path: Path, settings: Settings, policy: bool
) -> None:
    content = quiz_page(hostile_form(), settings, quiz=QUIZ, seed=SEED)
    if not policy:
        content, removed = re.subn(rb'<meta http-equiv="?Content-Security-Policy"?[^>]*>', b"", content)
        assert removed == 1
    path = tmp_path / "hostile.html"
    path.write_bytes(content)
    with browsers.tab(engine, path) as page:
        use(page)
        assert page.evaluate(PWNED) is None
        assert page.locator("script").count() == (3 if settings is PRACTICE else 2)
        sinks = "iframe, object, embed, form, base, link, video, audio, image, use, meta[http-equiv=refresh]"
        assert page.locator(sinks).count() == 0
        assert page.locator("[style], [background], [srcset], [onerror], [onload], [onclick]").count() == 0
        assert page.get_by_text(HOSTILE[0]).count() > 0
    assert not [line for line in browsers.net.asked if HOST in line]


@IN_BOTH
def test_a_page_that_does_would_be_noticed(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "trap.html"
    path.write_text(f'<!DOCTYPE html><title>x</title><img src="http://{engine}.{HOST}/" onerror="window.pwned=1">')
    with pytest.raises(AssertionError), browsers.tab(engine, path) as page:
        page.wait_for_function("window.pwned")
    assert [line for line in browsers.net.asked if f"{engine}.{HOST}" in line]
