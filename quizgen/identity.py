"""What tells the pages of a quiz apart on a screen: which quiz it is, which form, and whose.

A response names them, so that it can be told where it belongs. Nothing here depends on a key.
"""

import hmac
import json
from base64 import b32encode, urlsafe_b64decode
from dataclasses import fields
from hashlib import sha256
from typing import Any

from .form import Form, ItemSet
from .items import Shown


def quiz_id(seed: str, quiz: str) -> str:
    """The id of all forms of a build: 128 bits in 26 letters and digits of base32."""
    return _base32(_keyed(seed, "quiz", quiz)[:16])


def form_digest(form: Form, quiz: str) -> str:
    """SHA-256, in hexadecimal, of all that a candidate sees of a form of the quiz with this id."""
    seen = [
        quiz,
        form.id,
        form.title,
        [[section.title, [_seen(each) for each in section.sets]] for section in form.sections],
    ]
    return sha256(json.dumps(seen, separators=(",", ":")).encode()).hexdigest()


def token(seed: str, quiz: str, candidate: str) -> str:
    """What only the page of a candidate holds: 80 bits in 16 letters and digits of base32.

    It is as hard to guess as the seed is.
    """
    return _base32(_keyed(seed, "token", quiz, candidate)[:10])


def fingerprint(point: str) -> str:
    """What people and files call a public key, which is a point in base64url: 64 bits of its SHA-256 in hexadecimal."""
    return sha256(urlsafe_b64decode(point + "=" * (-len(point) % 4))).hexdigest()[:16]


def _seen(item_set: ItemSet) -> list[Any]:
    passage = item_set.passage
    read = [passage.heading, passage.text] if passage else []
    return [read, [[placed.number, _fields(placed.item.shown())] for placed in item_set.items]]


def _fields(shown: Shown) -> dict[str, Any]:
    return {name: getattr(shown, name) for name in _SHOWN}


_SHOWN = tuple(field.name for field in fields(Shown))


def _keyed(seed: str, *names: str) -> bytes:
    return hmac.digest(seed.encode(), "\x1f".join(("quizgen", *names)).encode(), "sha256")


def _base32(content: bytes) -> str:
    return b32encode(content).decode().rstrip("=").lower()
