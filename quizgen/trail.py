"""The audit trail of a build: what was done to it after it was made, each entry bound to all that came before it.

The trail tells a slip of a disk or of a hand, and an entry that was taken out. It is no signature: who can write the
file can make a new one.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """A part of the manifest; what a later version adds is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Correction(Part):
    """An item whose printed key was wrong (erratum)."""

    item: Annotated[str, Field(description="the item, as article/item")]
    key: Annotated[
        tuple[str, ...] | None,
        Field(description="ids of the options that are right from now on; null if the item does not count any more"),
    ] = None


class Entry(Part):
    """What was done to a build, and when."""

    action: Literal["build", "errata"]
    time: Annotated[str | None, Field(description="UTC; null for the build, which is the same whenever it is made")] = (
        None
    )
    reason: str | None = None
    corrections: tuple[Correction, ...] = ()
    files: Annotated[dict[str, str], Field(default_factory=dict, description="SHA-256 of every file written anew")]
    previous: Annotated[str, Field(description="SHA-256 of the entry before; of all the rest, for the first")]
    sha256: Annotated[str, Field(description="SHA-256 of this entry without this line")] = ""

    def sealed(self) -> "Entry":
        """The entry with its own digest."""
        content = self.model_copy(update={"sha256": ""}).model_dump_json(exclude={"sha256"})
        return self.model_copy(update={"sha256": sha256(content.encode()).hexdigest()})


def first_broken(start: str, trail: Sequence[Entry]) -> int | None:
    """The place of the first entry that does not fit the one before it or itself; a trail begins with the build."""
    previous = start
    for place, entry in enumerate(trail):
        if entry.previous != previous or entry != entry.sealed() or (entry.action == "build") != (place == 0):
            return place
        previous = entry.sha256
    return None if trail else 0
