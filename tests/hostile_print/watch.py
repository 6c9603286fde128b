"""`quizgen build` as strace sees it: what it opened, and whom it called."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
HAS_STRACE = shutil.which("strace") is not None
PATIENCE = 600
"""After so many seconds, a build counts as one that never ends."""

_OPENED = re.compile(rb"\bopen(?:at2?)?\(.*= \d+<(/[^>]*)>$", re.MULTILINE)
_TRIED = re.compile(rb'\bopen(?:at2?)?\([^"]*"([^"]*)"')
_CALLED = re.compile(rb"\b(?:connect|sendto)\(.*?sa_family=(AF_\w+).*$", re.MULTILINE)

_OURS = [sys.prefix, sys.base_prefix, sys.base_exec_prefix, REPOSITORY / "quizgen", REPOSITORY / "templates"]
_SYSTEM = """
    /usr/lib /lib /usr/lib64 /lib64 /usr/local/lib /usr/share /usr/local/share /var/cache/fontconfig /proc
    /sys/devices/system/cpu /sys/fs/cgroup /dev/null /dev/urandom /dev/pts /dev/tty /etc/ld.so.cache /etc/ld.so.preload
    /etc/fonts /etc/pango /etc/locale.alias /etc/localtime /etc/mime.types /etc/nsswitch.conf /etc/passwd
    /etc/ssl/openssl.cnf
""".split()
_HOME = [".fonts", ".fontconfig", ".fonts.conf", ".cache/fontconfig", ".config/fontconfig", ".local/share/fonts"]


@dataclass(frozen=True)
class Built:
    """How a build ended, and what was seen of it: files that it had no business with, and calls to other machines."""

    code: int
    said: str
    seconds: float
    opened: tuple[str, ...] = ()
    called: tuple[str, ...] = ()

    @property
    def codes(self) -> list[str]:
        """The codes of the errors that it told."""
        return sorted(set(re.findall(r"error\[(Q\d{3})\]", self.said)))


def build(bank: Path, *, watched: bool = True) -> Built:
    """Build the bank on paper, as a user would; folders beside its own take what is built and what is temporary."""
    place, trace = bank.parent.parent / "tmp", bank.parent.parent / "trace"
    place.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "quizgen", "build", str(bank), "--format", "pdf", "--seed", "s"]
    command += ["--out", str(bank.parent.parent / "out")]
    if watched:
        calls = "open,openat,openat2,connect,sendto"
        command = [
            "strace",
            "-f",
            "-qq",
            "-y",
            "-s",
            "4096",
            "--seccomp-bpf",
            "-e",
            f"trace={calls}",
            "-o",
            str(trace),
            *command,
        ]
    environment = {**os.environ, "TMPDIR": str(place), "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"}
    begun = time.monotonic()
    done = subprocess.run(
        command, cwd=bank.parent, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    seconds = time.monotonic() - begun
    seen = trace.read_bytes() if watched else b""
    called = tuple(found[0].decode(errors="replace") for found in _CALLED.finditer(seen) if found[1] != b"AF_UNIX")
    return Built(done.returncode, done.stderr, seconds, _elsewhere(seen, bank), called)


def _elsewhere(seen: bytes, bank: Path) -> tuple[str, ...]:
    """The files opened, or looked for beside the bank, that are neither the bank's, ours nor the system's."""
    opened = {found[1].decode(errors="replace") for found in _OPENED.finditer(seen)}
    tried = {found[1].decode(errors="replace") for found in _TRIED.finditer(seen)}
    own = [bank.parent, *(bank.parent.parent / name for name in ("out", "tmp", "trace"))]
    allowed = [*map(str, (*own, *_OURS, *_SYSTEM, *(Path.home() / name for name in _HOME)))]
    allowed += map(os.path.realpath, list(allowed))
    strange = {path for path in opened if not any(path == one or path.startswith(f"{one}/") for one in allowed)}
    strange |= {path for path in tried if "canary" in path or str(bank.parent.parent / "outside") in path}
    return tuple(sorted(strange - _listed(bank)))


def _listed(bank: Path) -> set[str]:
    """Folders that Python looks through for modules, or in which a file gets its place; nothing in them is opened."""
    folders = [REPOSITORY, bank.parent.parent, Path(tempfile.gettempdir()), *map(Path, filter(None, sys.path))]
    return {os.path.realpath(folder) for folder in folders}
