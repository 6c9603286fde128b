"""`python -m fuzz TARGET [OPTION ...] [FOLDER ...]`: libFuzzer on one of the laws; its own options follow the name.

`python -m fuzz quiz -max_total_time=3600 .setup/fuzz tests/hostile tests/faulty question_bank` mutates the files of the
last three folders for an hour, and keeps in the first what reached new code. What breaks the law is written into the
working folder as `crash-...`, and `python -m fuzz quiz crash-...` shows it again.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["quizgen"]):
    from .laws import TARGETS

WORDS = Path(__file__).with_name("words.dict")


def main() -> None:
    """Run the target; ends with the first input that breaks the law, or when the time is over."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in TARGETS:
        sys.exit(f"usage: python -m fuzz {'|'.join(TARGETS)} [OPTION ...] [FOLDER ...]")
    defaults = [f"-dict={WORDS}", "-max_len=8192", "-timeout=20", "-rss_limit_mb=1024"]
    atheris.Setup([sys.argv[0], *defaults, *sys.argv[2:]], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
