"""`quizgen review`: marks responses, and writes for each student what they may see of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..diagnostics import Diagnostic, Span, error, has_errors
from .arguments import BankOption, ManifestArgument
from .handed_in import EssaysOption, KeyOption, ResponsesArgument, UnsealedOption, marks_by_hand, opened
from .key import PassphraseFile
from .saving import save_private
from .usage import counted, existing, say, say_diagnostics

if TYPE_CHECKING:
    from ..form import Form, ItemSet, Manifest
    from ..grading.review import Texts


def review(
    manifest: ManifestArgument,
    responses: ResponsesArgument,
    key: KeyOption = None,
    passphrase_file: PassphraseFile = None,
    allow_unsealed: UnsealedOption = False,
    essays: EssaysOption = None,
    bank: BankOption = None,
    out: Annotated[Path, typer.Option(help="The folder for the reviews.", metavar="DIR")] = Path("reviews"),
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what is wrong.")] = False,
) -> None:
    """Mark responses, and write a review of each: a .qgv file that its student opens in the page of the quiz.

    A review shows the points of every question, what is right and why. It tells the key, so give it out when everybody
    has handed in. Essays earn what your sheet (--essays) gives them.

    Example: quizgen review dist/rivers/teacher/manifest.json handed-in/ --key school.pem --out reviews
    """
    from ..grading.marking import results
    from ..grading.review import review as reviewed

    given = existing(bank or [], "bank")
    told, submissions, found = opened(manifest, responses, key or [], passphrase_file, allow_unsealed)
    forms, wrong = _forms(told, manifest, given)
    by_hand, unread = marks_by_hand(essays or [], told, submissions)
    found += unread
    say_diagnostics([*found, *wrong])
    if wrong:
        say("nothing was written")
        raise typer.Exit(1)
    marks = {result.file: result for result in results(submissions, told, by_hand).students}
    files = (
        (
            f"{told.quiz}-{one.form.id}-{one.receipt}.qgv",
            reviewed(one, forms[one.form.id], marks[one.file], told.quiz_id, texts_of),
        )
        for one in submissions
    )
    save_private(out, files)
    if not quiet:
        say(f"{counted(len(submissions), 'review')} written; give each to its student")
    typer.echo(out)
    if has_errors(found):
        raise typer.Exit(1)


def _forms(told: "Manifest", path: Path, given: list[Path]) -> "tuple[dict[str, Form], list[Diagnostic]]":
    """The forms as they were built, by id, with the keys that are right now; or why they cannot be had."""
    from ..form import record
    from ..render.correction import corrected_form
    from .rebuilding import find_banks, forms_again, in_editions

    whole, found = find_banks(told, path, given)
    if whole is None:
        return {}, found
    _, forms, found = forms_again(told, whole, path)
    if found:
        return {}, found
    forms = in_editions(forms, told.settings, told.seed)
    plain = [each.model_copy(update={"sheet": None, "digest": None}) for each in told.forms]
    if [record(form) for form in forms] != plain:
        hint = "see what `quizgen verify` says of the build"
        return {}, [error("Q530", "other forms come out now", Span(str(path)), hint)]
    return {form.id: corrected_form(form, told.audit) for form in forms}, []


def texts_of(item_set: "ItemSet") -> "Texts":
    """Sets the texts of an item set for a screen."""
    from ..render.lines import citing
    from ..render.media import Screen, TextSetter
    from ..render.templating import words

    said = words(item_set.source.article.language)
    cited = citing(item_set.passage.text, said) if item_set.passage else None
    return TextSetter(Screen(item_set.source.images), cited)
