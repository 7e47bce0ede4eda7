"""Secrets of personal links: never stored, re-derivable at delivery, looked up by digest.

A link's token is an HMAC of the link's id under ``SECRET_KEY``. The database keeps only the token's SHA-256 digest, so a
copy of the database opens no page; the delivery of a letter derives the token again, so a retry sends the same address.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from uuid import UUID

from django.conf import settings

_PURPOSE = b"personal-link"


def derive(link_id: UUID, key: str | None = None) -> str:
    """Return the 43-character token of a link under ``key`` (default: the current secret key)."""
    secret = (key or settings.SECRET_KEY).encode()
    mac = hmac.new(secret, _PURPOSE + link_id.bytes, hashlib.sha256).digest()
    return urlsafe_b64encode(mac).rstrip(b"=").decode()


def digest(token: str) -> str:
    """Return the hex SHA-256 digest under which a token is stored and looked up."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def derive_matching(link_id: UUID, stored_digest: str) -> str | None:
    """Return the token whose digest was stored, trying older secret keys too; ``None`` when no key fits."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = derive(link_id, key)
        if hmac.compare_digest(digest(token), stored_digest):
            return token
    return None
