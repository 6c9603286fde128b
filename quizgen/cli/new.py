"""`quizgen new`: the draft of a bank file from an article."""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .usage import UsageError, counted, existing, say, say_diagnostics

if TYPE_CHECKING:
    from ..draft import Source


def new(
    article: Annotated[Path, typer.Argument(help="A .txt, .md or .html file.", metavar="ARTICLE")],
    out: Annotated[
        Path | None,
        typer.Option(help="The bank file to write.", metavar="FILE", show_default="question_bank/<id>.yaml"),
    ] = None,
    id: Annotated[
        str | None, typer.Option("--id", help="The article's id.", show_default="made from its title")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The article's language, such as en.", metavar="TAG", show_default="as it says")
    ] = None,
    words: Annotated[int, typer.Option(help="About how many words a passage has.", min=20, max=5000)] = 180,
    text_file: Annotated[
        bool, typer.Option("--text-file", help="Keep the text in a file beside the bank file, not in it.")
    ] = False,
) -> None:
    """Draft a bank file from an article: its credit line and its text in passages. The items are yours to write.

    Never writes over a file. What was left out, mended or not found is said on stderr: look it over.

    Example: quizgen new harbour.md --language en
    """
    from .. import bank
    from ..draft import KINDS, article_text, parse, passages, render
    from ..items.fields import slug

    existing([article], "article")
    if article.suffix.lower() not in KINDS:
        raise UsageError(f"'{article}' is no .txt, .md or .html file: save its text as one of these")
    source, found = parse(_content(article), str(article))
    if source is None:
        say_diagnostics(found)
        raise typer.Exit(1)
    language = language or source.language
    if not language:
        raise UsageError("the article does not say its language: give it, as in --language en")
    id = id or slug(source.title) or slug(article.stem)
    if not id:
        raise UsageError("no id can be made from the title: give one, as in --id harbour")
    target = out or Path("question_bank", f"{id}.yaml")
    beside = target.parent / f"{id}.txt" if text_file else None
    text = render(source, id=id, language=language, words=words, text_file=beside.name if beside else None)
    for wrong in bank.parse(text, str(target))[1]:
        if wrong.span.line < 6:  # the id and the tag are what the user typed
            raise UsageError(f"{wrong.message}; {wrong.hint}")
    files = {target: text} | ({beside: article_text(source)} if beside else {})
    _save_new(files)
    _say_what_was_done(source, f"{counted(len(passages(source, words)), 'passage')}, language {language}")
    for path in files:
        typer.echo(path)


def _say_what_was_done(source: "Source", made: str) -> None:
    for line in source.notes:
        say(line)
    if lacking := [fact for fact in ("author", "date", "publisher", "url", "license") if not getattr(source, fact)]:
        say(f"not found: {', '.join(lacking)}")
    say(f"{source.title}: {made}, no items yet")


def _content(path: Path) -> bytes:
    from ..files import MAX_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise UsageError(f"cannot read '{path}': {problem.strerror}") from None


def _save_new(files: dict[Path, str]) -> None:
    """Write files that are not there yet: all of them whole, or none."""
    made: list[Path] = []
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_new(path, text)
            made.append(path)
    except BaseException as problem:
        for written in made:
            written.unlink()
        if isinstance(problem, FileExistsError):
            raise UsageError(f"'{path}' is there already: give another --id or --out") from None
        if isinstance(problem, OSError):
            raise UsageError(f"cannot write to '{path}': {problem.strerror}") from None
        raise


def _write_new(path: Path, text: str) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        if path.exists() or path.is_symlink():
            raise FileExistsError
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
