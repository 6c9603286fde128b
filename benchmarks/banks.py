"""A bank of any size, always the same for its size."""

_OPTIONS = ("the river", "the harbour", "the market", "the old bridge")


def generated(items: int) -> str:
    """A sound bank file of so many items, 20 on each passage; in turn choices, judgements, numbers and gaps."""
    passages = "".join(_passage(number) for number in range((items + 19) // 20))
    return (
        'article:\n  id: generated\n  title: "A town and its river"\n  language: en\n'
        f"passages:\n{passages}items:\n{''.join(_item(number) for number in range(items))}"
    )


def _passage(number: int) -> str:
    sentences = " ".join(f"In the year {1000 + number} the boats of quarter {n} lay on the mud." for n in range(20))
    return f"  - id: p{number}\n    heading: Quarter {number}\n    text: |\n      {sentences}\n"


def _item(number: int) -> str:
    return (
        f"  - id: item-{number}\n    type: {_KINDS[number % len(_KINDS)]}\n"
        f"    passage: p{number // 20}\n    evidence: of quarter {number % 20} lay on the mud\n"
        f"    stem: What does the passage say of the boats, in sentence {number % 20}?\n"
        f"{_KEYS[number % len(_KEYS)]}    rationale: The sentence says so, in these words.\n"
        "    difficulty: easy\n    skill: retrieve\n"
    )


_KINDS = ("multiple_choice", "true_false", "numeric", "cloze")
_KEYS = (
    f"    answer: the mud\n    distractors: [{', '.join(_OPTIONS)}]\n",
    "    answer: true\n",
    "    answer: 1931\n    tolerance: 2\n",
    "    text: The {{boats}} lay on the {{mud}}, and the tide was {{out|low}}.\n",
)
