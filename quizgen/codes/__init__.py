"""The manual pages of all codes that are raised outside `checks/`: `quizgen explain CODE` prints them.

A check's page is the docstring of the check. What is found while files are read and forms are made is found in many
places, so its pages stand here, a module for each family, one page after the other, with an empty line between two.
"""

from . import audit, files, forms, passages, printing, records, responses

_MANUAL = "\n\n".join(part.MANUAL.strip() for part in (files, records, passages, forms, printing, audit, responses))

PAGES: dict[str, str] = {page[:4]: page.replace("\n", "\n\n", 1) for page in _MANUAL.split("\n\n")}
"""Code -> its manual page: a title, an empty line, what it finds, why it matters, an example, what to write instead."""
