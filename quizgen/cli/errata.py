"""`quizgen errata`: corrects the key of a build that was printed, and issues its keys again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..diagnostics import Diagnostic, Span, did_you_mean, error, one_of
from .usage import UsageError, counted, existing, say, say_diagnostics

if TYPE_CHECKING:
    from ..form import Form, ItemRecord, Manifest
    from ..items import ItemBase
    from ..trail import Correction


def errata(
    manifest: Annotated[
        Path, typer.Argument(help="DIR/<quiz>/teacher/manifest.json of the build.", metavar="MANIFEST")
    ],
    reason: Annotated[str, typer.Option(help="What was wrong, for the correction slip.", metavar="TEXT")],
    drop: Annotated[
        list[str] | None, typer.Option(help="An item that does not count any more.", metavar="ITEM")
    ] = None,
    rekey: Annotated[
        list[str] | None,
        typer.Option(
            help="An item and the option that is right: its id, its text, or its letter on --form; "
            "several for multiple response, with commas between.",
            metavar="ITEM=OPTION",
        ),
    ] = None,
    form: Annotated[str | None, typer.Option(help="The form whose letters are meant.", metavar="ID")] = None,
    bank: Annotated[
        list[Path] | None,
        typer.Option(
            help="A bank file or folder, as it was at the build.", show_default="as the manifest says", metavar="PATH"
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what is wrong.")] = False,
) -> None:
    """Correct the key of a build, and write its keys again with a correction slip.

    What is corrected is added to the manifest, which grading obeys; student files stay as they are. --drop and --rekey
    can be given several times.

    Example: quizgen errata dist/rivers/teacher/manifest.json --rekey sea=B --form A --reason "the sea is salt"
    """
    if not (drop or rekey):
        raise UsageError("say what is wrong: --drop ITEM or --rekey ITEM=OPTION")
    if not reason.strip():
        raise UsageError("--reason must not be empty: it is printed on the correction slip")
    given = existing(bank or [], "bank")
    told, forms = _as_built(manifest, given)
    wanted, found = _Corrections(told, forms, form, Span(str(manifest))).resolved(drop or [], rekey or [])
    if found:
        say_diagnostics(found)
        say("nothing was written")
        raise typer.Exit(1)
    folder = _issue(told, forms, wanted, reason, manifest)
    if not quiet:
        say(f"{counted(len(wanted), 'item')} corrected; give out the new keys in {folder / 'teacher'}")
    typer.echo(folder / "teacher")


def _as_built(path: Path, given: Sequence[Path]) -> "tuple[Manifest, tuple[Form, ...]]":
    """The manifest and the forms that it was written for."""
    from ..form import record
    from .rebuilding import find_banks, forms_again, in_editions, read_manifest

    told, found = read_manifest(path)
    if told is not None and not found:
        if path.resolve().parts[-2:] != ("teacher", "manifest.json"):
            raise UsageError(f"'{path}' is not in its build: errata writes beside it, in DIR/<quiz>/teacher")
        whole, found = find_banks(told, path, given)
        if whole is not None:
            _, forms, found = forms_again(told, whole, path)
            forms = in_editions(forms, told.settings, told.seed)
            plain = [each.model_copy(update={"sheet": None, "digest": None}) for each in told.forms]
            if not found and [record(form) for form in forms] == plain:
                return told, forms
            found = found or [
                error(
                    "Q530", "other forms come out now", Span(str(path)), "see what `quizgen verify` says of the build"
                )
            ]
    say_diagnostics(found)
    say("nothing was written")
    raise typer.Exit(1)


def _issue(
    told: "Manifest", forms: "tuple[Form, ...]", wanted: "Sequence[Correction]", reason: str, path: Path
) -> Path:
    """Write the manifest with one more entry, the keys and the slip, all or nothing; gives the folder of the build."""
    from datetime import UTC, datetime
    from hashlib import sha256

    from ..render import PdfError
    from ..render.templating import using
    from ..trail import Entry
    from .rebuilding import errata_files, folder_of
    from .saving import save
    from .school import templates_of

    time = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    entry = Entry(
        action="errata", time=time, reason=" ".join(reason.split()), corrections=tuple(wanted), files={}, previous=""
    )
    try:
        with using(templates_of(forms)):
            files = dict(errata_files(forms, told.followed_by(entry)))
    except PdfError as problem:
        raise UsageError(str(problem)) from None
    digests = {name: sha256(content).hexdigest() for name, content in files.items()}
    after = told.followed_by(entry.model_copy(update={"files": digests}))
    return save(folder_of(path), [*files.items(), ("teacher/manifest.json", after.to_json())], only_these=True)


# --- What is meant ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Corrections:
    """Finds the items and options that a teacher means."""

    told: "Manifest"
    forms: "tuple[Form, ...]"
    form: str | None
    at: Span

    def resolved(self, drop: Sequence[str], rekey: Sequence[str]) -> "tuple[list[Correction], list[Diagnostic]]":
        """The corrections, and what cannot be understood of them."""
        from ..trail import Correction

        wanted: list[Correction] = []
        found: list[Diagnostic] = []
        if self.form is not None and self.form not in (ids := [form.id for form in self.forms]):
            return [], [self._error(f"no form is called '{self.form}'", did_you_mean(self.form, ids))]
        for name, option in [*((name, None) for name in drop), *map(_divided, rekey)]:
            try:
                item = self._item(name)
                if item.name in {one.item for one in wanted}:
                    raise _NotMeant(f"'{name}' is corrected twice", "say once what is right")
                key = self._options(item, option) if option is not None else None
                wanted.append(Correction(item=item.name, key=key))
            except _NotMeant as problem:
                found.append(self._error(*problem.args))
        return wanted, found

    def _error(self, message: str, hint: str) -> Diagnostic:
        return error("Q540", message, self.at, hint)

    def _item(self, name: str) -> "ItemRecord":
        known = {item.name: item for form in self.told.forms for item in form.items}
        meant = [item for full, item in known.items() if name in (full, item.id)]
        if not meant:
            raise _NotMeant(f"no form has an item '{name}'", did_you_mean(name, [item.id for item in known.values()]))
        if len(meant) > 1:
            raise _NotMeant(f"two articles have an item '{name}'", one_of(item.name for item in meant))
        return meant[0]

    def _options(self, told: "ItemRecord", wanted: str) -> tuple[str, ...]:
        """The ids of the options that a teacher means, as their id, text or letter."""
        from ..items.rekeying import can_be_rekeyed

        item = self._placed(told, self.forms)
        if not can_be_rekeyed(item):
            raise _NotMeant(f"'{told.id}' has no options of which another could be right", f"write --drop {told.id}")
        whole = self._named(told, item, wanted)
        several = item.type == "multiple_response" and not whole
        parts = [part.strip() for part in wanted.split(",")] if several else [wanted]
        named = [self._named(told, item, part) for part in parts] if several else [whole]
        for part, ids in zip(parts, named, strict=True):
            if len(ids) > 1:
                raise _NotMeant(f"'{part}' may be one of several options of '{told.id}'", one_of(ids))
            if not ids:
                raise _NotMeant(f"'{told.id}' has no option '{part}'", self._hint(told, part))
        key = tuple(name for name in told.options if any(name in ids for ids in named))
        now = next(record for form in self.told.corrected().forms for record in form.items if record.name == told.name)
        if told.name not in self.told.corrected().dropped and now.key == now.written(key):
            raise _NotMeant(f"'{wanted}' is the key of '{told.id}' already", "name the option that is right")
        return key

    def _named(self, told: "ItemRecord", item: "ItemBase", word: str) -> list[str]:
        from ..items.fields import same

        letters = self._letters(told)
        named = [
            choice.id
            for choice in item.offered
            if word == choice.id
            or same(word).casefold() == same(choice.text).casefold()
            or word == letters.get(choice.id)
        ]
        return named or [name for name, letter in letters.items() if letter == word.upper()]

    def _letters(self, told: "ItemRecord") -> dict[str, str]:
        """Option id -> its letter on the form that is meant; none where forms differ and none is named."""
        forms = [form for form in self.told.forms if self.form in (None, form.id)]
        if len(forms) > 1 and told.type != "true_false":
            return {}
        records = [record for form in forms for record in form.items if record.name == told.name]
        return {name: records[0].written([name])[0] for name in records[0].options} if records else {}

    def _hint(self, told: "ItemRecord", word: str) -> str:
        if len(word) <= 2 and word.isalpha() and len(self.forms) > 1 and self.form is None:
            return "letters differ from form to form: say which with --form ID, or write the option's id or text"
        return did_you_mean(word, told.options)

    def _placed(self, told: "ItemRecord", forms: "Sequence[Form]") -> "ItemBase":
        return next(
            placed.item
            for form in forms
            for item_set in form.sets
            for placed in item_set.items
            if f"{item_set.source.article.id}/{placed.item.id}" == told.name
        )


class _NotMeant(Exception):
    """No item or option is meant; the message and the hint."""


def _divided(rekey: str) -> tuple[str, str]:
    item, equals, option = rekey.partition("=")
    if not (equals and item.strip() and option.strip()):
        raise UsageError(f"--rekey takes ITEM=OPTION, not '{rekey}'")
    return item.strip(), option.strip()
