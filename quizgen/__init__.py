"""Randomised quizzes with answer keys, from a bank of items tied to the passages of articles.

    bank, diagnostics = quizgen.read_bank([Path("question_bank")])
    forms, diagnostics = quizgen.assemble(bank, quizgen.Blueprint(quiz="short", items=10), seed="demo", forms=2)
    files = dict(quizgen.student_files(forms, quizgen.Settings()))

What is listed in `__all__` is promised; nothing else is. Names are imported when they are first used, so that a
command pays only for the rooms that it enters.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .assemble import assemble
    from .bank import Bank
    from .bank import parse as parse_bank
    from .bank import read as read_bank
    from .blueprint import Blueprint
    from .checks import check
    from .diagnostics import Diagnostic
    from .form import Form, Manifest, Settings
    from .render import student_files, teacher_files

__version__ = "0.1.0"

_HOMES = {
    "Bank": ("bank", "Bank"),
    "Blueprint": ("blueprint", "Blueprint"),
    "Diagnostic": ("diagnostics", "Diagnostic"),
    "Form": ("form", "Form"),
    "Manifest": ("form", "Manifest"),
    "Settings": ("form", "Settings"),
    "assemble": ("assemble", "assemble"),
    "check": ("checks", "check"),
    "parse_bank": ("bank", "parse"),
    "read_bank": ("bank", "read"),
    "student_files": ("render", "student_files"),
    "teacher_files": ("render", "teacher_files"),
}

__all__ = [
    "Bank", "Blueprint", "Diagnostic", "Form", "Manifest", "Settings", "assemble", "check", "parse_bank", "read_bank",
    "student_files", "teacher_files",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'quizgen' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(f".{module}", __name__), attribute)
