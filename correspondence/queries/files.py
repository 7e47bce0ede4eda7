"""Reading stored files."""

import hashlib

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from accounts.errors import NotFound
from accounts.sealing import unseal
from correspondence.models import StoredFile


def read_bytes(file: StoredFile) -> bytes:
    """Return a file's bytes, checked against its SHA-256 and unsealed where they are kept sealed.

    Raises ``NotFound`` (``file_missing``, ``file_damaged``) when the storage has no such bytes any more, and
    ``accounts.sealing.UnopenableError`` when the key is gone.
    """
    try:
        with default_storage.open(file.storage_name) as stored:
            data: bytes = stored.read()
    except FileNotFoundError as error:
        raise NotFound("file_missing", _("The file is no longer kept; ask for it to be sent again.")) from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise NotFound("file_damaged", _("The stored file is damaged; ask for it to be sent again."))
    return unseal(data) if file.sealed else data
