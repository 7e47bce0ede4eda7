"""Opaque identifiers for addresses and the API."""

from uuid import UUID

from uuid6 import uuid7 as _uuid7


def uuid7() -> UUID:
    """Return a new time-ordered UUID (RFC 9562, version 7): opaque to people, kind to database indexes."""
    return UUID(bytes=_uuid7().bytes)
