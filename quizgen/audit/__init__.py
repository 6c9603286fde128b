"""Looks for whatever tells the key in the files that students get: after the fact, by what is in them.

It knows the forms, and no template: that nothing is in a student file that should not be there is what rendering
promises, and this is who does not take its word for it.
"""

from .auditor import Auditor, LeakError, audit, watched
from .folder import Folder

__all__ = ["Auditor", "Folder", "LeakError", "audit", "watched"]
