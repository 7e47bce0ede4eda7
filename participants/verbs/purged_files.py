"""Files nobody refers to any more: their rows, and the bytes in the storage."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from correspondence.models import StoredFile

GRACE = timedelta(days=1)  # a file is stored before the row that refers to it is written


def sweep_files(at: datetime) -> int:
    """Delete the files without a row that refers to them, and return how many.

    The row goes first: whoever stores the same bytes at this moment gets a row of its own, and the bytes stay while there is
    one. Bytes whose deletion was cut off are found again by the next file of the same content.
    """
    gone = 0
    for file in StoredFile.objects.filter(created_at__lt=at - GRACE).exclude(_referred()).iterator(chunk_size=500):
        with transaction.atomic():
            deleted = StoredFile.objects.filter(pk=file.pk).exclude(_referred()).delete()[0]
        if deleted and not StoredFile.objects.filter(storage_name=file.storage_name).exists():
            default_storage.delete(file.storage_name)
        gone += deleted
    return gone


def _referred() -> Q:
    """Return the condition that some row of any noun refers to a file."""
    held = Q(pk__in=[])
    for relation in StoredFile._meta.related_objects:  # noqa: SLF001  # Django's documented Meta API
        rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})  # noqa: SLF001
        held |= Q(Exists(rows))
    return held
