"""Sealed payloads: opened here, and sealed as a page seals them (templates/player/seal.js).

A fresh key seals the payload by AES-256-GCM; that key is sealed for each recipient by HPKE (RFC 9180) in base mode with
DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM. The header that stands in the open is bound to both, so none of
it can be changed unnoticed. Base mode says nothing of who sealed: whoever has a public key can.
"""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from .keys import PrivateKey, PublicKey

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_PADDED_TO = 1024


class SealBrokenError(Exception):
    """What was sealed is not what is here: some byte of it was changed."""


@dataclass(frozen=True)
class Opener:
    """What one recipient opens a payload with: by fingerprint, the encapsulated key, and the payload's key, sealed."""

    id: str
    enc: bytes
    cek: bytes


@dataclass(frozen=True)
class Sealed:
    """A payload that only its recipients can open."""

    recipients: tuple[Opener, ...]
    iv: bytes
    body: bytes


def sealed(payload: bytes, header: Sequence[str], recipients: Sequence[PublicKey]) -> Sealed:
    """The payload for these recipients, padded so that its length tells little, and bound to the header."""
    key, iv = AESGCM.generate_key(256), os.urandom(12)
    padded = payload + b" " * (-len(payload) % _PADDED_TO)
    openers = tuple(_opener(key, each, _bytes(header)) for each in recipients)
    return Sealed(openers, iv, AESGCM(key).encrypt(iv, padded, _bound(header, openers)))


def opened(content: Sealed, header: Sequence[str], key: PrivateKey) -> bytes | None:
    """The payload; `None` where this key is none of the recipients'. Raises `SealBrokenError`."""
    mine = next((each for each in content.recipients if each.id == key.public.fingerprint), None)
    if mine is None:
        return None
    try:
        cek = SUITE.decrypt(mine.enc + mine.cek, key.key, _bytes(header))
        return AESGCM(cek).decrypt(content.iv, content.body, _bound(header, content.recipients))
    except (InvalidTag, ValueError) as problem:
        raise SealBrokenError from problem


def _opener(cek: bytes, recipient: PublicKey, info: bytes) -> Opener:
    both, length = SUITE.encrypt(cek, recipient.key, info), KEM.P256.enc_length()
    return Opener(recipient.fingerprint, both[:length], both[length:])


def _bound(header: Sequence[str], recipients: Sequence[Opener]) -> bytes:
    """All that stands in the open, as it is bound to the payload."""
    openers = ((each.id, to_base64url(each.enc), to_base64url(each.cek)) for each in recipients)
    return _bytes([*header, *chain.from_iterable(openers)])


def _bytes(names: Sequence[str]) -> bytes:
    """As JSON.stringify writes them."""
    return json.dumps(list(names), separators=(",", ":"), ensure_ascii=False).encode()


def to_base64url(content: bytes) -> str:
    """The bytes in base64url without padding."""
    return urlsafe_b64encode(content).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    """The bytes, where the text is the one way to write them. Raises `ValueError`."""
    content = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if to_base64url(content) != text:
        raise ValueError("not base64url as it is written here")
    return content
