"""Sealing personal data that is kept in rows and files: encrypted and signed, under keys that can be changed.

``FIELD_KEYS`` holds the keys, newest first: the first seals, any opens. A key is any secret of 32 characters or more; what
Fernet is given follows from it by HKDF (RFC 5869), so that one secret serves this purpose alone.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"workshop planner: sealed field"


class UnopenableError(ValueError):
    """No key of ``FIELD_KEYS`` opens this: the key it was sealed with is gone, or the bytes were changed."""


def seal(data: bytes) -> bytes:
    """Return ``data`` sealed with the newest key."""
    return _chain(tuple(settings.FIELD_KEYS)).encrypt(data)


def unseal(token: bytes) -> bytes:
    """Return what was sealed with any of the keys. Raises ``UnopenableError``."""
    try:
        return _chain(tuple(settings.FIELD_KEYS)).decrypt(token)
    except InvalidToken as error:
        raise UnopenableError("no key of FIELD_KEYS opens this") from error


def is_newest(token: bytes) -> bool:
    """Whether the newest key sealed this."""
    try:
        _single(settings.FIELD_KEYS[0]).decrypt(token)
    except InvalidToken:
        return False
    return True


@lru_cache(maxsize=4)
def _chain(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([_single(key) for key in keys])


@lru_cache(maxsize=8)
def _single(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.encode())
    return Fernet(urlsafe_b64encode(derived))
