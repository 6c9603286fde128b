"""Who gets which form: one each or one of a few, and orders in which neighbours are of little use to each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from ..blueprint import Blueprint
from ..form import Candidate, Form
from ..items import letter
from .arrange import RunTooLong, arrange
from .chance import rank
from .seats import Pairs, deal, printed, seat_variants
from .select import Chosen

VARIANTS = 50
"""So many orders of the items of a form are tried where no order of options keeps runs of one letter short."""
CHOICE, MANY = 8, 3_000
"""Between so many orders of a form the seat of its candidate decides; between fewer where candidates are many."""


@dataclass(frozen=True)
class Sitting:
    """Who takes the forms, and who can see whose."""

    candidates: tuple[Candidate, ...]
    pairs: Pairs = ()
    """Neighbours, by their places among the candidates, and how well they see each other: see `seats`."""
    versions: int | None = None
    """So many different forms are dealt to the candidates; by default everybody has one of their own."""


@dataclass(frozen=True)
class Placed:
    """Which version and which order of it somebody has, as an earlier assembly found; so it need not look again."""

    version: str | None = None
    variant: int = 0


class Placer:
    """Gives chosen items their order, and their candidates."""

    def __init__(self, blueprint: Blueprint, seed: str, title: str, again: Mapping[str, Placed]) -> None:
        self.blueprint, self.seed, self.title, self.again = blueprint, seed, title, again

    def ids(self, forms: int | None, sitting: Sitting | None) -> list[str]:
        """The names of the forms whose items are to be chosen."""
        if sitting is None:
            return [letter(number) for number in range(forms or 0)]
        versions = sitting.versions or len({placed.version for placed in self.again.values() if placed.version})
        if versions:  # more than there are candidates would be drawn for nobody
            return [letter(number) for number in range(min(versions, len(sitting.candidates)))]
        return [candidate.id for candidate in sitting.candidates]

    def place(self, chosen: Mapping[str, Chosen], sitting: Sitting | None) -> tuple[Form, ...]:
        """The forms, in the order of the candidates, or of their letters. Raises `RunTooLong`."""
        if sitting is None:
            return tuple(self._first(form, chosen[form]) for form in chosen)
        people = sitting.candidates
        if self.again:
            return tuple(self._as_before(candidate, chosen) for candidate in people)
        if sitting.versions is not None:
            return self._dealt(chosen, sitting)
        if not sitting.pairs:
            return tuple(self._first(candidate.id, chosen[candidate.id], candidate) for candidate in people)
        choice = max(2, min(CHOICE, MANY // len(people)))
        orders = [self._orders(candidate, chosen[candidate.id], choice) for candidate in people]
        best = seat_variants([[printed(form) for form in made] for made in orders], sitting.pairs)
        return tuple(made[number] for made, number in zip(orders, best, strict=True))

    def _dealt(self, chosen: Mapping[str, Chosen], sitting: Sitting) -> tuple[Form, ...]:
        """Few forms, of which neighbours have different ones."""
        made = [self._first(version, items) for version, items in chosen.items()]
        people = sitting.candidates
        hands = deal(
            [printed(form) for form in made], len(people), sitting.pairs, lambda name: rank(self.seed, "deal", name)
        )
        return tuple(
            replace(made[hand], id=candidate.id, candidate=candidate, version=made[hand].id)
            for candidate, hand in zip(people, hands, strict=True)
        )

    def _as_before(self, candidate: Candidate, chosen: Mapping[str, Chosen]) -> Form:
        placed = self.again.get(candidate.id, Placed())
        items = chosen[placed.version or candidate.id]
        return self._arranged(candidate.id, items, placed.variant, candidate, placed.version)

    def _orders(self, candidate: Candidate, items: Chosen, choice: int) -> list[Form]:
        return list(islice(self._tries(candidate.id, items, candidate), choice))

    def _first(self, form: str, items: Chosen, candidate: Candidate | None = None) -> Form:
        return next(self._tries(form, items, candidate))

    def _tries(self, form: str, items: Chosen, candidate: Candidate | None) -> Iterator[Form]:
        """The form in one order after the other, without those in which a run of one letter is too long."""
        some = False
        for variant in range(self.again[form].variant if form in self.again else 0, VARIANTS):
            try:
                yield self._arranged(form, items, variant, candidate)
                some = True
            except RunTooLong:
                continue
        if not some:
            raise RunTooLong(form)

    def _arranged(
        self, form: str, items: Chosen, variant: int, candidate: Candidate | None, version: str | None = None
    ) -> Form:
        return arrange(
            self.blueprint, items, self.seed, form,
            title=self.title, variant=variant, candidate=candidate, version=version,
        )  # fmt: skip
