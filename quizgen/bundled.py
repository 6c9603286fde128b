"""Where the files are that come with quizgen: inside the package when installed, beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _find(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


TEMPLATES = _find("templates")
"""Pages, styles, fonts, and the words that quizgen says on a page."""

QUESTION_BANK = _find("question_bank")
"""The bank that comes with quizgen."""
