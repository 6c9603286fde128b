"""What a build is made from, and all its files: `build` saves them, `verify` makes them again and compares."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Span, error, has_errors
from .usage import UsageError

if TYPE_CHECKING:
    from ..bank import Bank, BankFile
    from ..blueprint import Blueprint
    from ..figures import Figures
    from ..form import BankDigest, Form, Manifest, Settings
    from .rendering import Renderer

_LARGEST = 256 * 2**20
"""A larger manifest is not read: with 3,000 forms it has 30 MiB."""
_MANY = 200
"""Of more candidates without seats the report does not say how it would be if neighbours were not thought of."""
_NEAR = 4
"""In so many folders above the manifest its bank files are looked for: teacher, quiz, dist, project."""


@dataclass(frozen=True)
class Recipe:
    """All that a build depends on, beside its bank and quizgen itself."""

    plan: "Blueprint"
    settings: "Settings"
    seed: str
    seen: tuple[frozenset[str], ...] = ()
    """For each entry of the blueprint's `avoid`, the full names of the items that the class had seen."""
    seats: Mapping[str, tuple[int, int]] | None = None
    """Where the taker of each form sits: row and column."""
    versions: int | None = None
    """So many different forms were dealt to the candidates."""


def compared(forms: "tuple[Form, ...]", bank: "Bank", recipe: Recipe) -> "Figures":
    """The figures of the forms: beside each other as their candidates sit, and as they would be without that."""
    from ..assemble import Seen, Sitting, assemble
    from ..figures import compare
    from .takers import sitting_of

    people = tuple(form.candidate for form in forms if form.candidate)
    if len(people) < 2:
        return compare(forms, recipe.plan)
    pairs = [(people[one].id, people[other].id) for one, other, _ in sitting_of(people, recipe.seats).pairs]
    if len(people) > _MANY and recipe.seats is None:  # a second assembly, for one line of the report
        return compare(forms, recipe.plan, pairs)
    by_lot = Sitting(people, versions=recipe.versions)
    before, _ = assemble(bank, recipe.plan, recipe.seed, by_lot, seen=Seen(recipe.seen))
    return compare(forms, recipe.plan, pairs, before)


def in_editions(forms: "tuple[Form, ...]", settings: "Settings", seed: str) -> "tuple[Form, ...]":
    """The forms as they are shown: in the language of the settings, and for a candidate who needs fewer options with
    fewer; for others also so."""
    from ..assemble.reduced import reduced
    from ..editions import made

    found = []
    for form in (replace(form, language=settings.screen.language or form.language) for form in forms):
        own = form.candidate.edition if form.candidate else None
        fewer = any(edition.reduced for edition in made(own, settings.editions))
        found += [reduced(form, seed) if fewer and form.candidate else form]
        found += [reduced(form, seed)] if fewer and not form.candidate else []
    return tuple(found)


def build_files(
    forms: "tuple[Form, ...]",
    bank: "Bank",
    recipe: Recipe,
    renderer: "Renderer",
    figures: "Figures | None" = None,
    *,
    audited: bool = False,
) -> Iterator[tuple[str, bytes]]:
    """Every file of the build, the manifest last; `figures` are those of the forms where they are known.

    Where it is to be audited, raises `LeakError` after what students are given, if anything in that tells the key.
    """
    from .. import __version__
    from ..audit import Auditor, watched
    from ..form import manifest
    from ..identity import form_digest, quiz_id
    from ..render import Build
    from ..render.parts import libraries, templates
    from ..render.report import report_page
    from ..render.sheet import geometries
    from ..render.templating import using

    settings, digests = recipe.settings, dict[str, str]()
    on_screen = quiz_id(recipe.seed, recipe.plan.quiz) if "html" in settings.formats else None
    report = report_page(figures or compared(forms, bank, recipe))
    printed = in_editions(forms, settings, recipe.seed)
    build = Build(settings, renderer.templates, recipe.plan.quiz, recipe.seed)
    files = renderer.files(printed, build)
    if audited:
        with using(renderer.templates):
            files = watched(files, Auditor(printed, settings, quiz=recipe.plan.quiz))
    for name, content in chain(files, [("teacher/report.html", report)]):
        digests[name] = sha256(content).hexdigest()
        yield name, content
    with using(renderer.templates):
        parts = templates(settings)
        sheets = geometries(printed, settings) if settings.layout.sheets and "pdf" in settings.formats else ((), ())
    yield (
        "teacher/manifest.json",
        manifest(
            version=__version__,
            quiz=recipe.plan.quiz,
            seed=recipe.seed,
            blueprint=recipe.plan.model_dump(mode="json", exclude_defaults=True),
            settings=settings,
            bank=bank,
            forms=printed,
            files=digests,
            avoided=recipe.seen,
            seats=recipe.seats,
            versions=recipe.versions,
            templates=parts,
            libraries=libraries(settings),
            sheets=sheets,
            quiz_id=on_screen,
            digests=[form_digest(form, on_screen) for form in printed] if on_screen else (),
        ),
    )


# --- From a manifest --------------------------------------------------------------------------------------------


def read_manifest(path: Path) -> "tuple[Manifest | None, list[Diagnostic]]":
    """The manifest in a file, and what is wrong with it: that it cannot be read, or is not as it was written."""
    from pydantic import ValidationError

    from ..form import Manifest

    if not path.is_file():
        raise UsageError(f"there is no manifest '{path}'")
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as problem:
        raise UsageError(f"cannot read '{path}': {problem.strerror}") from None
    hint = "take it from where you keep it, or build again"
    if len(content) > _LARGEST:
        return None, [error("Q534", f"a manifest of more than {_LARGEST // 2**20} MiB", Span(str(path)), hint)]
    try:
        told = Manifest.model_validate_json(content)
    except ValidationError as problem:
        place = "/".join(map(str, problem.errors(include_url=False, include_input=False)[0]["loc"]))
        said = f"this is no manifest that can be read: '{place}' is not as it should be" if place else "this is no JSON"
        return None, [error("Q534", said, Span(str(path)), hint)]
    if told.fits(content):
        return told, []
    return told, [error("Q534", f"{_what_broke(told)} was changed after it was written", Span(str(path)), hint)]


def _what_broke(told: "Manifest") -> str:
    from ..trail import first_broken

    place = first_broken(told.digest, told.audit)
    return f"entry {place + 1} of its audit trail" if place else "the manifest"


def folder_of(path: Path) -> Path:
    """The folder of the build that a manifest lies in, as its user would name it."""
    return path.parent.parent if path.parent.name == "teacher" else path.resolve().parent.parent


def find_banks(told: "Manifest", path: Path, given: Sequence[Path]) -> "tuple[Bank | None, list[Diagnostic]]":
    """The bank that the build was made from; or which of its files are no longer there, or no longer the same.

    A file whose bytes are others is not looked at any further: so a manifest cannot make anyone read what is none
    of its business.
    """
    from ..bank import Bank
    from ..files import bank_paths

    places, digest = bank_paths(given), lru_cache(maxsize=None)(_digest)
    files: list[BankFile] = []
    found: list[Diagnostic] = []
    for bank in told.banks:
        name = Path(bank.file)
        above = [folder / name for folder in path.resolve().parents[:_NEAR]]
        there = {place: digest(place) for place in (places if given else [name, *above])}
        file, wrong = _bank_file(bank, there)
        files += [file] if file else []
        found += wrong
    return (None, found) if found else (Bank(tuple(files)), [])


def _digest(place: Path) -> str:
    """The SHA-256 of a bank file; empty where there is none that can be read."""
    from ..files import read_bytes

    content = read_bytes(place)[0] if os.path.isfile(place) else None  # pathlib lets some errors through
    return "" if content is None else sha256(content).hexdigest()


def _bank_file(bank: "BankDigest", there: Mapping[Path, str]) -> "tuple[BankFile | None, list[Diagnostic]]":
    """The file among others that has the digest; `there` is path -> SHA-256."""
    from ..bank import read_file

    for place in (place for place, digest in there.items() if digest == bank.sha256):
        file, found = read_file(place, place.read_bytes())
        images = {name: sha256(image.content).hexdigest() for name, image in file.images.items()} if file else {}
        others = [f"'{name}'" for name, digest in bank.images.items() if images.get(name) != digest]
        if file is None or others or file.text_missing or has_errors(found):
            what = f"image {', '.join(others)}" if others else "what lies beside it"
            return None, [error("Q531", f"{what} was changed since the build", Span(str(place)), _MEND)]
        return replace(file, document=replace(file.document, file=bank.file)), []
    same_name = [place for place, digest in there.items() if digest and place.name == Path(bank.file).name]
    if same_name:
        return None, [error("Q531", "the bank file was changed since the build", Span(str(same_name[0])), _MEND)]
    return None, [error("Q531", "there is no such bank file here", Span(bank.file), "say where it is: --bank PATH")]


_MEND = "take it as it was from version control, and name it with --bank PATH"


def forms_again(
    told: "Manifest", bank: "Bank", path: Path
) -> "tuple[Recipe | None, tuple[Form, ...], list[Diagnostic]]":
    """What the build was made from, and its forms, assembled again; or why they cannot be."""
    from pydantic import ValidationError

    from ..assemble import Placed, Seen, Sitting, assemble
    from ..blueprint import Blueprint
    from ..items import letter

    at = Span(str(path))
    try:
        plan = Blueprint.model_validate(told.blueprint)
    except ValidationError:
        return None, (), [error("Q534", "its blueprint is none", at, "take the manifest from where you keep it")]
    seen = tuple(frozenset(items) for items in told.avoided)
    recipe = Recipe(plan, told.settings, told.seed, seen, told.seats, told.versions)
    again = {form.id: Placed(form.version, form.variant) for form in told.forms}
    dealt = {letter(number) for number in range(min(told.versions, len(told.forms)))} if told.versions else {None}
    if not {form.version for form in told.forms} <= dealt:
        return None, (), [error("Q534", "it names forms that were not dealt", at, "take it from where you keep it")]
    people = tuple(form.candidate for form in told.forms if form.candidate)
    whole = [form for form in told.forms if form.candidate or not form.id.endswith("-reduced")]
    forms = Sitting(people, versions=told.versions) if len(people) == len(told.forms) else len(whole)
    made, found = assemble(bank, plan, told.seed, forms, lambda *_: at, Seen(seen), again)
    if found:
        return None, (), [error("Q530", "the forms cannot be assembled again", at, found[0].message)]
    return recipe, made, []


def errata_files(forms: "Sequence[Form]", told: "Manifest") -> Iterator[tuple[str, bytes]]:
    """What errata issued again; nothing for a build without."""
    from ..render.correction import correction_files

    return correction_files(forms, told.settings, told.audit)
