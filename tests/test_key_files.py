"""`quizgen key`: a pair that opens what it sealed, files that are safe, and nothing written over."""

import os
import pty
import re
import select
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from quizgen.grading.keys import KeyFileError, new_key, public_key, read_private, read_public
from quizgen.grading.sealing import opened, sealed

from .rebuilt import Done, quizgen

SECRET = b"a passphrase with spaces"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").write_bytes(SECRET + b"\r\n")
    (tmp_path / "other").write_bytes(b"another\n")


def new(*words: object) -> Done:
    return quizgen("key", "new", *words)


def mode(name: str) -> int:
    return stat.S_IMODE(os.stat(name).st_mode)


def test_a_new_pair_opens_what_it_seals() -> None:
    done = new("school", "--passphrase-file", "secret")
    assert (done.code, done.out) == (0, "school.pub.pem\n")
    public, private = read_public(Path("school.pub.pem")), read_private(Path("school.pem"), SECRET)
    assert opened(sealed(b"x", ["h"], [public]), ["h"], private) == b"x".ljust(1024)
    assert public.fingerprint in done.told
    assert public_key(public.point) == public
    assert mode("school.pem") == 0o600
    assert SECRET not in Path("school.pem").read_bytes()
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in Path("school.pem").read_bytes()


def test_no_passphrase_is_said_openly() -> None:
    done = new("--no-passphrase")
    assert (done.code, done.out) == (0, "teacher.pub.pem\n")
    assert "under no passphrase: whoever has the file can open responses" in done.told
    assert read_private(Path("teacher.pem")).public == read_public(Path("teacher.pub.pem"))


@pytest.mark.parametrize("there", ["teacher.pem", "teacher.pub.pem"])
def test_a_key_is_never_written_over(there: str) -> None:
    Path(there).write_text("mine")
    done = new("--no-passphrase")
    assert done.code == 2
    assert f"'{there}' is there already" in done.told
    assert Path(there).read_text() == "mine"
    assert [path.name for path in Path().glob("*.pem")] == [there]


def test_a_link_that_leads_nowhere_is_not_followed() -> None:
    Path("teacher.pem").symlink_to("elsewhere.pem")
    assert new("--no-passphrase").code == 2
    assert not Path("elsewhere.pem").exists()


def test_show_prints_the_same_fingerprint_of_both_halves() -> None:
    new("--passphrase-file", "secret")
    fingerprints = {quizgen("key", "show", "teacher.pub.pem").out,
                    quizgen("key", "show", "teacher.pem", "--passphrase-file", "secret").out}  # fmt: skip
    assert len(fingerprints) == 1
    assert re.fullmatch(r"[0-9a-f]{16}\n", fingerprints.pop())


def test_a_backup_has_a_passphrase_of_its_own_and_opens_the_same() -> None:
    new("--passphrase-file", "secret")
    Path("stick").mkdir()
    words = ("teacher.pem", "stick", "--passphrase-file", "secret", "--new-passphrase-file", "other")
    done = quizgen("key", "backup", *words)
    assert (done.code, done.out) == (0, "stick/teacher.pem\n")
    assert "tried out" in done.told
    assert read_private(Path("stick/teacher.pem"), b"another").public == read_public(Path("teacher.pub.pem"))
    assert mode("stick/teacher.pem") == 0o600
    with pytest.raises(KeyFileError, match="not the passphrase"):
        read_private(Path("stick/teacher.pem"), SECRET)
    assert "is there already" in quizgen("key", "backup", *words).told


def foreign(name: str) -> bytes:
    """Keys that are none of ours."""
    rsa_key = rsa.generate_private_key(65537, 2048)
    ec_key = ec.generate_private_key(ec.SECP384R1())
    pem = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return {
        "rsa": rsa_key.private_bytes(*pem),
        "p384": ec_key.private_bytes(*pem),
        "rsa.pub": rsa_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "p384.pub": ec_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "cut": new_key().to_pem(None)[:100],
        "cut.pub": new_key().public.to_pem()[:80],
        "locked.cut": new_key().to_pem(SECRET)[:200],
        "text": b"no key",
        "empty": b"",
    }[name]


@pytest.mark.parametrize(
    "name", ["rsa", "p384", "rsa.pub", "p384.pub", "cut", "cut.pub", "locked.cut", "text", "empty"]
)
def test_what_is_no_key_is_one_line_with_what_to_do(name: str) -> None:
    Path("k").write_bytes(foreign(name))
    for read in (lambda: read_public(Path("k")), lambda: read_private(Path("k"), SECRET)):
        with pytest.raises(KeyFileError) as problem:
            read()
        said = str(problem.value)
        assert "\n" not in said
        assert "'k'" in said
        assert "; " in said or "not the passphrase" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["new", "x"], "nobody is there to type a passphrase"),
        (["new", "x", "--no-passphrase", "--passphrase-file", "secret"], "not both"),
        (["new", "x", "--passphrase-file", "void"], "is empty"),
        (["new", "x", "--passphrase-file", "long"], "longer than 1000 bytes"),
        (["new", "x", "--passphrase-file", "nowhere"], "cannot read 'nowhere'"),
        (["new", "no/where", "--no-passphrase"], "cannot write to 'no/where.pem'"),
        (["show", "nowhere.pem"], "there is no key 'nowhere.pem'"),
        (["backup", "nowhere.pem", "x"], "there is no key 'nowhere.pem'"),
    ],
)
def test_wrong_usage_is_one_line_and_leaves_nothing(words: list[str], said: str) -> None:
    Path("void").write_bytes(b"\n")
    Path("long").write_bytes(b"x" * 5000)
    done = quizgen("key", *words)
    assert done.code == 2
    assert said in done.told
    assert list(Path().rglob("*.pem")) == []


def test_a_private_key_is_not_taken_for_a_public_one() -> None:
    new("--no-passphrase")
    with pytest.raises(KeyFileError, match=r"stays with you; name the file that ends in \.pub\.pem"):
        read_public(Path("teacher.pem"))
    with pytest.raises(KeyFileError, match="opens nothing"):
        read_private(Path("teacher.pub.pem"))


def test_a_point_beside_the_curve_is_no_key() -> None:
    for point in ("", "AAAA", "BA" + "A" * 85, new_key().public.point[:-2]):
        with pytest.raises(ValueError):  # noqa: PT011 (the library's words)
            public_key(point)


def test_a_passphrase_is_asked_for_twice_and_not_shown() -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "quizgen", "key", "new"]
    program = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    heard, typed, end = b"", 0, time.monotonic() + 60
    while time.monotonic() < end and select.select([ours], [], [], 30)[0]:
        try:
            heard += os.read(ours, 1000)
        except OSError:
            break
        if heard.count(b": ") > typed and heard.endswith(b": ") and typed < 2:
            typed += 1
            os.write(ours, SECRET + b"\n")
    assert program.wait(60) == 0
    os.close(ours)
    assert typed == 2
    assert SECRET not in heard
    assert read_private(Path("teacher.pem"), SECRET)
