"""`quizgen key`: a teacher's key pair. Pages seal responses with one half, the other opens them."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .usage import UsageError, say

if TYPE_CHECKING:
    from ..grading.keys import PrivateKey

app = typer.Typer(help="Make and keep the key that opens responses.", no_args_is_help=True, rich_markup_mode=None)

_LONGEST = 1000
"""A longer passphrase the file format does not take."""

PassphraseFile = Annotated[
    Path | None,
    typer.Option(help="The first line is the passphrase of the private key.", show_default="asks", metavar="FILE"),
]


@app.command()
def new(
    name: Annotated[
        str, typer.Argument(help="What the two files are called, without .pem.", metavar="[NAME]")
    ] = "teacher",
    passphrase_file: PassphraseFile = None,
    no_passphrase: Annotated[
        bool, typer.Option("--no-passphrase", help="Whoever has the file can open responses.")
    ] = False,
) -> None:
    """Make a key pair: NAME.pem, which opens responses and stays with you, and NAME.pub.pem, which builds seal with.

    Nothing is written over another key.

    Example: quizgen key new school
    """
    from ..grading.keys import new_key

    private, public = Path(f"{name}.pem"), Path(f"{name}.pub.pem")
    for path in (private, public):
        if path.exists():
            raise UsageError(f"'{path}' is there already, and a key is never written over; choose another name")
    if not private.name.removesuffix(".pem"):
        raise UsageError("name the key: quizgen key new school")
    passphrase = _new_passphrase(passphrase_file, no_passphrase, f"Passphrase for {private}")
    key = new_key()
    _write_new(private, key.to_pem(passphrase), 0o600)
    try:
        _write_new(public, key.public.to_pem(), 0o644)
    except UsageError:
        private.unlink()
        raise
    if passphrase is None:
        say(f"'{private}' is under no passphrase: whoever has the file can open responses")
    say(f"'{private}' opens responses: keep it to yourself, and a backup elsewhere (quizgen key backup)")
    say(f"'{public}' seals them: quizgen build --seal {public}")
    say(f"its fingerprint, by which files name it: {key.public.fingerprint}")
    typer.echo(public)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="A public key, or a private one.", metavar="FILE")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Print the fingerprint of a key, by which response files name it.

    Example: quizgen key show school.pub.pem
    """
    from ..grading.keys import KeyFileError, is_private, read_public

    try:
        private = is_private(file)
        key = private_key(file, passphrase_file).public if private else read_public(file)
    except KeyFileError as problem:
        raise UsageError(str(problem)) from None
    say(f"{'a private key: it opens responses' if private else 'a public key: it seals responses'}")
    typer.echo(key.fingerprint)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The private key.", metavar="FILE")],
    to: Annotated[Path, typer.Argument(help="Where the copy goes: a file, or a folder.", metavar="TO")],
    passphrase_file: PassphraseFile = None,
    new_passphrase_file: Annotated[
        Path | None,
        typer.Option(help="The first line is the passphrase of the copy.", show_default="asks", metavar="FILE"),
    ] = None,
    no_passphrase: Annotated[
        bool, typer.Option("--no-passphrase", help="Put the copy under no passphrase: whoever has it can use it.")
    ] = False,
) -> None:
    """Copy a private key under a passphrase of its own, and try the copy out: it must open a response.

    Without the key nobody can open what was sealed for it. Keep the copy in another place than the key, and its
    passphrase in another place than the copy.

    Example: quizgen key backup school.pem /media/stick
    """
    target = to / file.name if to.is_dir() else to
    key = private_key(file, passphrase_file)
    if target.exists():
        raise UsageError(f"'{target}' is there already, and a key is never written over; choose another name")
    passphrase = _new_passphrase(new_passphrase_file, no_passphrase, f"Passphrase for {target}")
    _write_new(target, key.to_pem(passphrase), 0o600)
    try:
        _try_out(target, passphrase, key)
    except Exception:
        target.unlink()
        raise
    say(f"'{target}' opens what is sealed for {key.public.fingerprint}: tried out")
    typer.echo(target)


def private_key(file: Path, passphrase_file: Path | None = None) -> "PrivateKey":
    """The private key in a file; asks for its passphrase where it is under one and none is given."""
    from ..grading.keys import KeyFileError, is_locked, read_private

    given = passphrase_in(passphrase_file)
    try:
        if given is None and is_locked(file) and sys.stdin.isatty():
            given = str(typer.prompt(f"Passphrase of {file}", hide_input=True, err=True)).encode()
        return read_private(file, given)
    except KeyFileError as problem:
        raise UsageError(str(problem)) from None


def passphrase_in(file: Path | None) -> bytes | None:
    """The passphrase that is the first line of a file."""
    if file is None:
        return None
    try:
        with file.open("rb") as opened:
            line = opened.readline(_LONGEST + 3).rstrip(b"\r\n")
    except OSError as problem:
        raise UsageError(f"cannot read '{file}': {problem.strerror}") from None
    return _sound(line, f"the first line of '{file}'")


def _sound(passphrase: bytes, name: str) -> bytes:
    if not passphrase.strip():
        raise UsageError(f"{name} is empty: write a passphrase there, or say --no-passphrase")
    if len(passphrase) > _LONGEST:
        raise UsageError(f"{name} is longer than {_LONGEST} bytes")
    return passphrase


def _new_passphrase(file: Path | None, none: bool, asked: str) -> bytes | None:
    if none and file:
        raise UsageError("say --no-passphrase or name a file with one, not both")
    if none:
        return None
    if file:
        return passphrase_in(file)
    if not sys.stdin.isatty():
        raise UsageError("nobody is there to type a passphrase: name a file with one, or say --no-passphrase")
    typed = str(typer.prompt(asked, hide_input=True, confirmation_prompt=True, err=True))
    return _sound(typed.encode(), "the passphrase")


def _write_new(path: Path, content: bytes, mode: int) -> None:
    """Write a file that is not there yet; a link that leads nowhere counts as there."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise UsageError(f"'{path}' is there already, and a key is never written over; choose another name") from None
    except OSError as problem:
        raise UsageError(f"cannot write to '{path}': {problem.strerror}") from None


def _try_out(path: Path, passphrase: bytes | None, key: "PrivateKey") -> None:
    """Open with the copy, as it is on the disk, what was sealed for the key."""
    from ..grading.keys import KeyFileError, read_private
    from ..grading.sealing import SealBrokenError, opened, sealed

    text, header = b"opened by its backup", ("quizgen/key backup",)
    try:
        copy = read_private(path, passphrase)
        works = (opened(sealed(text, header, [key.public]), header, copy) or b"").rstrip() == text
    except (KeyFileError, SealBrokenError):
        works = False
    if not works:
        raise UsageError(f"the copy in '{path}' does not open what it should, and was deleted; try another place")
