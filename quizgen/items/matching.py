"""Prompts and the matches that belong to them."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PrivateAttr, model_validator

from .. import markup
from ..diagnostics import Fault, report
from .base import (
    Choice,
    ItemBase,
    Keyed,
    KeyLine,
    Option,
    OptionText,
    Rank,
    Response,
    Shown,
    choices,
    equal_texts,
    lettered,
    ranked,
    share,
)
from .fields import Line, same


def _different_prompts(value: Any) -> Any:
    """Looks at the prompts as they were typed: in a mapping of folded texts, one of two would be lost."""
    if isinstance(value, Mapping):
        places = [(markup.fold(prompt), (prompt,)) for prompt in value if isinstance(prompt, str)]
        found = equal_texts(places, "Q203", "stands here a second time")
        report([replace(fault, key=True) for fault in found])
    return value


class Matching(ItemBase):
    """Find for each prompt its match (QTI 3 matchInteraction). Each right pair earns its share of the points.

    Two prompts may have the same match, which is then printed once; `distractors` are matches of no prompt.
    Prompts and matches are put in order separately, so neither order tells anything of the other.
    """

    type: Annotated[Literal["matching"], Field(description="find for each prompt its match")]
    pairs: Annotated[
        dict[Line, OptionText],
        Field(min_length=2, description="each prompt with its match; two prompts may share one"),
        BeforeValidator(_different_prompts),
    ]
    distractors: Annotated[tuple[OptionText, ...], Field(description="matches that belong to no prompt")] = ()

    _prompts: tuple[Choice, ...] = PrivateAttr(default=())

    @model_validator(mode="after")
    def _different_options(self) -> Self:
        matches = {same(option.text) for option in self.pairs.values()}
        wrong = [(option.text, ("distractors", number)) for number, option in enumerate(self.distractors)]
        report(
            [
                Fault("Q202", f"'{text}' is the match of a prompt", at, "take it out of the distractors")
                for text, at in wrong
                if same(text) in matches
            ]
            + equal_texts(
                [place for place in wrong if same(place[0]) not in matches], "Q203", "stands here a second time"
            )
        )
        return self

    @cached_property
    def offered(self) -> tuple[Choice, ...]:
        """Every match once, and the distractors."""
        unique = {same(option.text): option for option in (*self.pairs.values(), *self.distractors)}
        return choices(unique.values())

    @property
    def prompts(self) -> tuple[Choice, ...]:
        """The prompts in printed order."""
        return self._prompts or self._known_prompts

    @cached_property
    def _known_prompts(self) -> tuple[Choice, ...]:
        return choices(Option(text=prompt) for prompt in self.pairs)

    def shuffled(self, rank: Rank) -> Self:
        """The same item with its matches and its prompts each in an order of their own."""
        twin = super().shuffled(rank)
        twin._prompts = ranked(self._known_prompts, lambda name: rank(f"prompt {name}"))
        return twin

    def shown(self) -> Shown:
        """Numbered prompts and lettered matches."""
        return Shown(
            self.type,
            self.stem,
            self.points,
            choices=tuple(choice.text for choice in self.printed),
            prompts=tuple(prompt.text for prompt in self.prompts),
        )

    def correct_response(self) -> dict[str, str]:
        """Prompt id -> match id."""
        ids = {same(choice.text): choice.id for choice in self.offered}
        return {prompt.id: ids[same(self.pairs[prompt.text].text)] for prompt in self._known_prompts}

    def keyed(self) -> Keyed:
        """The pairs."""
        return Keyed(self.points, matches=self.correct_response())

    @staticmethod
    def mark(key: Keyed, response: Response) -> float:
        """The share of right pairs."""
        given = response if isinstance(response, Mapping) else {}
        right = sum(given.get(prompt) == match for prompt, match in key.matches.items())
        return share(key.points, right, len(key.matches))

    def key_lines(self) -> tuple[KeyLine, ...]:
        """For each prompt its number, the right letter, and both texts."""
        letters, key = lettered(self.printed), self.correct_response()
        names = {choice.id: choice.text for choice in self.printed}
        return tuple(
            KeyLine(f"{number}-{letters[key[prompt.id]]}", f"{prompt.text} — {names[key[prompt.id]]}")
            for number, prompt in enumerate(self.prompts, start=1)
        )

    def written_key(self) -> list[str]:
        """`1-C`, `2-A` ..., in the order of the prompts."""
        return [line.mark for line in self.key_lines()]
