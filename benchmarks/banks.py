"""Banks of any size, always the same for their size: passages and items of words that are drawn by lot."""

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

_chance = random.Random("words")
_SYLLABLES = "ba den fir gol hes kan lor mit nar pel ros sil tam ven wor zu chi dra elm os".split()
_VOCABULARY = ["".join(_chance.choices(_SYLLABLES, k=_chance.choice((1, 2, 2, 2, 2, 3, 4)))) for _ in range(15_000)]
_FREQUENCIES = list(accumulate(1 / (rank + 20) for rank in range(len(_VOCABULARY))))
"""Few words are frequent and most are rare, as in any language (Zipf)."""
_TYPES = ("multiple_choice", "multiple_choice", "true_false", "numeric", "cloze", "short_answer", "matching")
_PER_PASSAGE = 10
_LEVELS = ("easy", "medium", "hard")
_SKILLS = ("retrieve", "infer", "interpret", "evaluate")


def generated(items: int, name: str = "generated") -> str:
    """A sound bank file of so many items, ten on each passage; in turn all types that have a key to look up."""
    chance = random.Random(name)
    passages = [_Passage(number, chance) for number in range((items + _PER_PASSAGE - 1) // _PER_PASSAGE)]
    made = "".join(passages[number // _PER_PASSAGE].item(number) for number in range(items))
    texts = "".join(str(passage) for passage in passages)
    return f'article:\n  id: {name}\n  title: "A town and its river"\n  language: en\npassages:\n{texts}items:\n{made}'


def write(folder: Path, items: int, files: int) -> Path:
    """A bank of so many items in so many files."""
    for number in range(files):
        (folder / f"bank-{number:04}.yaml").write_text(generated(items // files, f"bank-{number}"), encoding="utf-8")
    return folder


class _Passage:
    """A passage of forty sentences, and items that ask about them."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.id, self.chance = f"p{number}", chance
        self.sentences = [self._sentence() for _ in range(40)]

    def _some(self, least: int, most: int) -> str:
        return " ".join(self._words(self.chance.randint(least, most)))

    def _words(self, number: int) -> list[str]:
        return self.chance.choices(_VOCABULARY, cum_weights=_FREQUENCIES, k=number)

    def _sentence(self) -> list[str]:
        year = str(self.chance.randint(1500, 2000))
        return ["In the year", year, "the", *self._words(2), "of the", *self._words(3), "came to", *self._words(2)]

    def __str__(self) -> str:
        """The passage as YAML."""
        lines = "".join(f"      {' '.join(sentence)}.\n" for sentence in self.sentences)
        return f"  - id: {self.id}\n    heading: {self._some(2, 4)}\n    text: |\n{lines}"

    def item(self, number: int) -> str:
        """An item on one of the sentences, as YAML."""
        sentence = self.sentences[number % _PER_PASSAGE]
        kind = _TYPES[number % len(_TYPES)]
        keys = "\n".join(self._keys(kind, sentence))
        return (
            f"  - id: item-{number}\n    type: {kind}\n    passage: {self.id}\n"
            f"    evidence: {' '.join(sentence[1:9])}\n"
            f"    stem: {self._stem(kind, sentence)}\n{keys}\n"
            f"    rationale: The passage says of {sentence[3]} that it {self._some(6, 12)}.\n"
            f"    difficulty: {_LEVELS[number % 3]}\n    skill: {_SKILLS[number % 4]}\n"
            f"    tags: [{self._some(1, 1)}, {self._some(1, 1)}]\n"
        )

    def _stem(self, kind: str, sentence: list[str]) -> str:
        if kind == "true_false":
            return f"The {sentence[3]} of {sentence[7]} was known for its {self._some(2, 4)}."
        return f"What does the passage say of the {sentence[3]} of {sentence[7]} and its {self._some(2, 5)}?"

    def _keys(self, kind: str, sentence: list[str]) -> Iterator[str]:
        key, others = f"{sentence[4]} {self._some(2, 3)}", [self._some(3, 4) for _ in range(3)]
        match kind:
            case "multiple_choice":
                yield f"    answer: {key}\n    distractors:"
                yield from (f"      - {{text: {other}, why: It was {self._some(4, 8)}.}}" for other in others)
            case "true_false":
                yield f"    answer: {'true' if len(key) % 2 else 'false'}"
            case "numeric":
                yield f"    answer: {sentence[1]}\n    tolerance: 2"
            case "cloze":
                yield f"    text: The {self._some(3, 6)} of the {{{{{sentence[4]}}}}} and {{{{{sentence[8]}|out}}}}."
            case "matching":
                yield "    pairs:"
                yield from (f"      {other}: {self._some(1, 2)} {place}" for place, other in enumerate(others))
            case _:
                yield f"    answers: [{sentence[4]}, the {sentence[4]}]"
