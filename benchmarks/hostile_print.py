"""What hostile banks cost `quizgen build --format pdf`, and whether they have it open or call what it should not.

`python -m benchmarks.hostile_print [WORD]` builds those with the word in their names, each as a whole process that
starts from nothing, under strace where it is there (which slows a process down by a tenth or so). Every one is to end
with exit code 0, or with 1 and an error that has a code; with 0 files and 0 connections.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.hostile_print import BANKS, lay
from tests.hostile_print.watch import HAS_STRACE, PATIENCE, Built, build


def main() -> None:
    """Print the table; exit code 1 if one of them does not end as it should."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [name for name in BANKS if word in name]
    print(f"{'what':<46} {'clock s':>8} exit files calls  errors" + ("" if HAS_STRACE else "  (strace is not here)"))
    good = 0
    for name in chosen:
        with tempfile.TemporaryDirectory() as folder:
            try:
                built = build(lay(name, Path(folder)), watched=HAS_STRACE)
            except subprocess.TimeoutExpired:
                print(f"{name:<46} {PATIENCE:>8.1f}  never ends", flush=True)
                continue
        good += _ends_well(built)
        told = " ".join(built.codes) + (
            "" if _ends_well(built) else "  " + " ".join([*built.said.split("\n")[-2:]])[:90]
        )
        row = f"{name:<46} {built.seconds:>8.1f} {built.code:>4} {len(built.opened):>5} {len(built.called):>5}  {told}"
        print(row.rstrip(), flush=True)
        for strange in (*built.opened, *built.called):
            print(f"    {strange}")
    print(f"{good} of {len(chosen)} end as they should")
    sys.exit(good < len(chosen))


def _ends_well(built: Built) -> bool:
    told = bool(built.codes) if built.code == 1 else built.code == 0
    return told and "Traceback" not in built.said and not built.opened and not built.called


if __name__ == "__main__":
    main()
