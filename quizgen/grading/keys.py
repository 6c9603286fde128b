"""A teacher's key pair, on the curve P-256: with the public half pages seal responses, the private half opens them.

Both are PEM files as other programs write and read them: PKCS#8, as a rule under a passphrase, and
SubjectPublicKeyInfo.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from ..identity import fingerprint

_LARGEST = 64 * 1024
_POINT = 65
"""Bytes of a point of P-256 that is not compressed."""


class KeyFileError(Exception):
    """A key cannot be had from a file; the message is one line, and says what to do."""


class PassphraseError(KeyFileError):
    """The passphrase of a private key is missing, or is another one."""


@dataclass(frozen=True)
class PublicKey:
    """The half that may be given out."""

    content: bytes
    """The point that is not compressed: 65 bytes."""

    @cached_property
    def point(self) -> str:
        """The key as pages and manifests have it: in base64url."""
        return urlsafe_b64encode(self.content).decode().rstrip("=")

    @cached_property
    def fingerprint(self) -> str:
        """By what people and response files know it: 16 hexadecimal digits."""
        return fingerprint(self.point)

    @cached_property
    def key(self) -> ec.EllipticCurvePublicKey:
        """The key as the library has it."""
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.content)

    def to_pem(self) -> bytes:
        """The key as its file."""
        return self.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@dataclass(frozen=True)
class PrivateKey:
    """The half that opens what was sealed with the other."""

    key: ec.EllipticCurvePrivateKey

    @cached_property
    def public(self) -> PublicKey:
        """The other half."""
        return _public(self.key.public_key())

    def to_pem(self, passphrase: bytes | None) -> bytes:
        """The key as its file: under the passphrase, or open to everybody."""
        sealed: KeySerializationEncryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed)


def new_key() -> PrivateKey:
    """A key that there has never been."""
    return PrivateKey(ec.generate_private_key(ec.SECP256R1()))


def public_key(point: str) -> PublicKey:
    """The key that pages and manifests have in base64url. Raises `ValueError` where it is none."""
    content = urlsafe_b64decode(point + "=" * (-len(point) % 4))
    if len(content) != _POINT:
        raise ValueError("not a point of 65 bytes")
    found = PublicKey(content)
    _ = found.key  # a point that is not on the curve ends here
    return found


def read_public(path: Path) -> PublicKey:
    """The public key in a file. Raises `KeyFileError`."""
    content = _read(path)
    if b"PRIVATE KEY" in content:
        raise KeyFileError(f"'{path}' holds a private key, which stays with you; name the file that ends in .pub.pem")
    try:
        key = load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        raise KeyFileError(f"'{path}' holds no public key; `quizgen key new` makes one") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise KeyFileError(f"'{path}' holds a key of another kind, not on the curve P-256; `quizgen key new` makes one")
    return _public(key)


def is_locked(path: Path) -> bool:
    """Whether a private key is under a passphrase. Raises `KeyFileError` where there is no such file."""
    return b"ENCRYPTED" in _read(path)


def is_private(path: Path) -> bool:
    """Whether a file holds a private key, as far as its first line tells. Raises `KeyFileError`."""
    return b"PRIVATE KEY" in _read(path)


def read_private(path: Path, passphrase: bytes | None = None) -> PrivateKey:
    """The private key in a file. Raises `KeyFileError`; `PassphraseError` where only the passphrase is wrong."""
    content = _read(path)
    if b"PRIVATE KEY" not in content and b"PUBLIC KEY" in content:
        raise KeyFileError(f"'{path}' holds a public key, which opens nothing; name the file without .pub in its name")
    locked = b"ENCRYPTED" in content
    if locked and not passphrase:
        raise PassphraseError(f"'{path}' is under a passphrase; give it with --passphrase-file")
    try:
        key = load_pem_private_key(content, passphrase if locked else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        if locked and "password" in str(problem).lower():
            raise PassphraseError(f"this is not the passphrase of '{path}'") from None
        raise KeyFileError(f"'{path}' holds no private key that can be read; take it from your backup") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise KeyFileError(f"'{path}' holds a key of another kind, not on the curve P-256; `quizgen key new` makes one")
    return PrivateKey(key)


def _public(key: ec.EllipticCurvePublicKey) -> PublicKey:
    return PublicKey(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise KeyFileError(f"there is no key '{path}'; `quizgen key new` makes one")
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except OSError as problem:
        raise KeyFileError(f"cannot read '{path}': {problem.strerror}") from None
