"""How long reading and answering take, roughly: enough to see that a form cannot be done in a lesson."""

from collections.abc import Mapping
from dataclasses import dataclass, field

WORDS_A_MINUTE = 200
"""How fast a text is read; adults read 238 words of English non-fiction a minute (Brysbaert 2019), pupils fewer."""

MINUTES = {
    "true_false": 0.5, "multiple_choice": 1.0, "multiple_response": 1.5, "short_answer": 2.0, "numeric": 2.0,
    "matching": 2.0, "ordering": 2.0, "cloze": 2.0, "essay": 10.0,
}  # fmt: skip
"""How long an item takes, by teachers' rule of thumb: half a minute to judge, one to choose, two for a few words."""


@dataclass(frozen=True)
class Pace:
    """How fast candidates are."""

    words_a_minute: float = WORDS_A_MINUTE
    minutes: Mapping[str, float] = field(default_factory=lambda: MINUTES)
    """Minutes that answering takes, by the type of item."""

    def reading(self, words: int) -> float:
        """Minutes that reading so many words takes."""
        return words / self.words_a_minute


USUAL = Pace()


def reading(words: int) -> float:
    """Minutes that reading so many words usually takes."""
    return USUAL.reading(words)
