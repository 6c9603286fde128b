"""The only chance there is: a ranking by hash.

A thing's place depends on the seed, on what the place is for, and on the thing's own id. So the same seed gives the
same form on every machine, editing one item never moves another, and no order can depend on which option is the key.
"""

from hashlib import sha256
from math import log


def rank(seed: str, *names: str) -> bytes:
    """Where a thing comes in an order that only (seed, names) decide: sort by this.

    A hash, not a generator: the order is the same on every machine and Python version, one item's
    edit moves no other, and nothing but the thing's own id enters it.
    """
    return sha256("\x1f".join((seed, *names)).encode()).digest()


def number(seed: str, *names: str) -> int:
    """A number from 1 to 2^32 that only (seed, names) decide."""
    return int.from_bytes(rank(seed, *names)[:4], "big") + 1


def turn(weight: int, seed: str, *names: str) -> float:
    """When a thing is drawn, the smallest first: one of twice the weight is as often first as two things.

    Exponential waiting times (Efraimidis & Spirakis 2006).
    """
    return -log((int.from_bytes(rank(seed, *names)[:8], "big") + 1) / 2**64) / weight
