"""Chosen items -> a form: the order of passages, items and options."""

from collections.abc import Callable, Iterable, Sequence

from ..article import Passage
from ..bank import BankFile
from ..blueprint import Blueprint, Order
from ..form import Candidate, Form, FormItem, ItemSet, Section
from ..items import ItemBase
from ..items.difficulty import facility
from .chance import rank
from .pool import Entry

Chosen = Sequence[Sequence[Entry]]
Rank = Callable[..., bytes]

TRIES = 100
"""So many orders of options are tried before a form is given up that keeps no run of one letter short."""


class RunTooLong(Exception):
    """No order of the options was found in which no run of one letter is too long."""


def arrange(
    blueprint: Blueprint, chosen: Chosen, seed: str, form: str, *, title: str, variant: int = 0,
    candidate: Candidate | None = None, version: str | None = None,
) -> Form:  # fmt: skip
    """The form with these items; `variant` gives another order of them, a `version` one order to all who have it."""
    own = (version or form, f"{variant}") if variant else (version or form,)
    placed = _Placed(blueprint, seed, own)
    sections = tuple(
        Section(placed.sets(entries, plan.order or blueprint.order), plan.title, plan.instructions)
        for plan, entries in zip(blueprint.plans, chosen, strict=True)
    )
    minutes = blueprint.minutes.high if blueprint.minutes else None
    return Form(
        id=form,
        title=title,
        language=next(item_set.source.article.language for section in sections for item_set in section.sets),
        sections=sections,
        header=blueprint.header,
        instructions=blueprint.instructions,
        minutes_given=minutes if minutes and minutes < float("inf") else None,
        scoring=blueprint.scoring,
        pace=blueprint.tempo,
        candidate=candidate,
        version=version,
        variant=variant,
    )


class _Placed:
    """Numbers items and passages as they come."""

    def __init__(self, blueprint: Blueprint, seed: str, own: Sequence[str]) -> None:
        self.shuffles, self.seed, self.own = blueprint.options == "shuffled", seed, own
        self.number = self.passages = 0
        self.max_run = blueprint.max_run
        self.letters: list[str] = []

    def sets(self, entries: Sequence[Entry], order: Order) -> tuple[ItemSet, ...]:
        """The items of a section, passage by passage."""
        groups: dict[tuple[str, str], tuple[BankFile, Passage | None, list[Entry]]] = {}
        for entry in entries:
            passage = entry.file.by_id.get(entry.item.passage or "")
            name = passage.id if passage else f"/{entry.name if order in ('shuffled', 'easy_to_hard') else ''}"
            groups.setdefault((entry.file.article.id, name), (entry.file, passage, []))[2].append(entry)
        ordered = list(groups.items())
        if order == "shuffled":
            ordered.sort(key=lambda group: self._rank("set", *group[0]))
        elif order == "easy_to_hard":
            ordered.sort(key=lambda group: (-_mean(group[1][2]), self._rank("set", *group[0])))
        return tuple(_joined(self._set(*group, order) for _, group in ordered))

    def _set(self, file: BankFile, passage: Passage | None, entries: list[Entry], order: Order) -> ItemSet:
        if order == "easy_to_hard":
            entries.sort(key=lambda entry: (-facility(entry.item), self._rank("item", entry.name)))
        elif order != "fixed":
            entries.sort(key=lambda entry: self._rank("item", entry.name))
        self.passages += passage is not None
        items = tuple(self._item(entry) for entry in entries)
        return ItemSet(file, passage, self.passages if passage else None, items)

    def _item(self, entry: Entry) -> FormItem:
        self.number += 1
        return FormItem(self.number, self._ordered(entry))

    def _ordered(self, entry: Entry) -> ItemBase:
        """The item with its options in order; in another one where a run of one letter would be too long."""
        if not self.max_run:
            return self._shuffled(entry, 0)
        for again in range(TRIES):
            item = self._shuffled(entry, again)
            key = item.written_key()
            letter = key[0] if isinstance(key, list) and len(key) == 1 and item.printed else ""
            run = [*self.letters[-self.max_run :], letter]
            if not letter or len(run) <= self.max_run or len(set(run)) > 1:
                self.letters.append(letter or f"{self.number}")
                return item
        raise RunTooLong(entry.name)

    def _shuffled(self, entry: Entry, again: int) -> ItemBase:
        own = self.own if self.shuffles else ()
        names = (*own, "option", entry.name, *([f"{again}"] if again else []))
        return entry.item.shuffled(lambda option: rank(self.seed, *names, option))

    def _rank(self, *names: str) -> bytes:
        return rank(self.seed, *self.own, *names)


def _mean(entries: Sequence[Entry]) -> float:
    return sum(facility(entry.item) for entry in entries) / len(entries)


def _joined(sets: Iterable[ItemSet]) -> list[ItemSet]:
    """Items without a passage that follow each other as one set."""
    joined: list[ItemSet] = []
    for item_set in sets:
        last = joined[-1] if joined else None
        if last and not last.passage and not item_set.passage and last.source is item_set.source:
            joined[-1] = ItemSet(last.source, None, None, last.items + item_set.items)
        else:
            joined.append(item_set)
    return joined
