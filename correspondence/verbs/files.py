"""Keeping files by their content."""

import hashlib
from datetime import date, datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.sealing import seal
from correspondence.models import StoredFile
from correspondence.uploads import media_type_of, named


def store_file(
    data: bytes,
    *,
    name: str,
    purpose: str,
    media_type: str,
    owner_key: str = "",
    at: datetime,
    purge_on: date | None = None,
    sealed: bool = False,
) -> StoredFile:
    """Keep bytes the program made or has checked; equal bytes are stored once, whatever their name.

    ``sealed`` bytes are encrypted first (``accounts.sealing``), each time to others.

    When the transaction does not commit, the stored object stays without a row and serves the next equal file. Rows of equal
    bytes are locked first: the purge deletes the bytes together with the last of them.
    """
    data = seal(data) if sealed else data
    sha256 = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        list(StoredFile.objects.select_for_update().filter(sha256=sha256).order_by("pk").values_list("pk"))
        return StoredFile.objects.create(
            purpose=purpose,
            name=name,
            media_type=media_type,
            size=len(data),
            sha256=sha256,
            storage_name=_keep(data, sha256),
            owner_key=owner_key,
            created_at=at,
            purge_on=purge_on,
            sealed=sealed,
        )


def accept_upload(
    data: bytes,
    *,
    name: str,
    purpose: str,
    owner_key: str,
    at: datetime,
    purge_on: date | None = None,
    field: str = "file",
    sealed: bool = False,
) -> StoredFile:
    """Check what somebody sent (size, and by its bytes PDF, DOCX, JPEG or PNG) and keep it.

    Raises ``Invalid`` about ``field`` with a code of ``correspondence.uploads.media_type_of``.
    """
    media_type = media_type_of(data, name=name, limit=settings.UPLOAD_LIMIT, field=field)
    return store_file(
        data,
        name=named(name, media_type),
        purpose=purpose,
        media_type=media_type,
        owner_key=owner_key,
        at=at,
        purge_on=purge_on,
        sealed=sealed,
    )


def store_bytes(file: StoredFile, data: bytes) -> None:
    """Seal the bytes of a file anew and let its row point to them; the caller holds its lock and deletes the old ones."""
    token = seal(data)
    file.sha256, file.size = hashlib.sha256(token).hexdigest(), len(token)
    file.storage_name = _keep(token, file.sha256)
    file.save(update_fields=["sha256", "size", "storage_name"])


def _keep(data: bytes, sha256: str) -> str:
    """Store the bytes under their digest unless they are there, and return the name in the storage.

    A size that differs is a copy a dead process left unfinished, or one being written now: the storage then gives this one
    a name beside it.
    """
    name = f"{sha256[:2]}/{sha256}"
    if default_storage.exists(name) and default_storage.size(name) == len(data):
        return name
    return default_storage.save(name, ContentFile(data))
