"""Secrets of personal links and of codes to sign in: never stored, re-derivable at delivery.

A link's token is an HMAC of the link's id under ``SECRET_KEY``. The database keeps only the token's SHA-256 digest, so a
copy of the database opens no page; the delivery of a letter derives the token again, so a retry sends the same address.

A code is cut from another HMAC of its row's id. No digest of it is kept: all codes there are could be hashed in a second.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from ipaddress import IPv6Address, ip_address
from uuid import UUID

from django.conf import settings

_PURPOSE = b"personal-link"
_CODE_PURPOSE = b"sign-in-code"
_NETWORK_PURPOSE = b"network-address"
CODE_DIGITS = 8


def derive(link_id: UUID, key: str | None = None) -> str:
    """Return the 43-character token of a link under ``key`` (default: the current secret key)."""
    return urlsafe_b64encode(_mac(_PURPOSE + link_id.bytes, key)).rstrip(b"=").decode()


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


def derive_code(row_id: UUID, key: str | None = None) -> str:
    """Return the code of a row under ``key`` (default: the current secret key): eight digits."""
    mac = _mac(_CODE_PURPOSE + row_id.bytes, key)
    return f"{int.from_bytes(mac, 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def code_fits(row_id: UUID, code: str) -> bool:
    """Whether ``code`` (eight ASCII digits) is that of the row, under the current secret key or an older one."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(derive_code(row_id, key).encode(), code.encode()) for key in keys)


def network_mark(address: str) -> str:
    """Return under which mark a network address is counted: alike for equal ones, telling nothing of them; "" for none.

    An address of IPv6 counts with its /64, which one household has to itself (RFC 6177).
    """
    if not address:
        return ""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        known = known.ipv4_mapped or known
    octets = known.packed[:8] if isinstance(known, IPv6Address) else known.packed
    return _mac(_NETWORK_PURPOSE + octets).hex()


def _mac(text: bytes, key: str | None = None) -> bytes:
    return hmac.new((key or settings.SECRET_KEY).encode(), text, hashlib.sha256).digest()
