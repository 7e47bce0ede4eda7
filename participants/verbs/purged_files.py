"""Files nobody refers to any more: their rows, and the bytes in the storage."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from correspondence.models import StoredFile
from correspondence.models.files import FilePurpose
from participants.verbs.clearing import BATCH

GRACE = timedelta(days=1)  # who takes a paper out of a nomination may put it back within the page
# Materials and reports hold nothing of anybody, and an older version of them may be cited.
PERSONAL = [each for each in FilePurpose.values if each not in {FilePurpose.MATERIAL, FilePurpose.REPORT}]


def sweep_files(at: datetime) -> int:
    """Delete the files of people without a row that refers to them, and return how many."""
    found, last = 0, None
    rows = StoredFile.objects.filter(created_at__lt=at - GRACE, purpose__in=PERSONAL).exclude(_referred())
    while True:
        following = rows.filter(pk__gt=last) if last is not None else rows
        keys = list(following.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not keys:
            return found
        last = keys[-1]
        found += delete_files(keys)


def delete_files(keys: Collection[UUID]) -> int:
    """Delete those of some files that nobody refers to, and return how many.

    Equal bytes are kept once: they go with the last row that has them. They go before the transaction ends, while the row is
    locked: a run that is cut off leaves a row without bytes, which the next one deletes, and never bytes without a row. Whoever
    stores the same bytes meanwhile waits for the lock (``correspondence.verbs.files.store_file``).
    """
    gone = 0
    for key in keys:
        with transaction.atomic():
            file = StoredFile.objects.select_for_update().filter(pk=key).first()
            if file is None or not StoredFile.objects.filter(pk=key).exclude(_referred()).delete()[0]:
                continue
            if not StoredFile.objects.filter(sha256=file.sha256, storage_name=file.storage_name).exists():
                default_storage.delete(file.storage_name)
            gone += 1
    return gone


def _referred() -> Q:
    """Return the condition that some row of any noun refers to a file."""
    held = Q(pk__in=[])
    for relation in StoredFile._meta.related_objects:  # noqa: SLF001  # Django's documented Meta API
        rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})  # noqa: SLF001
        held |= Q(Exists(rows))
    return held
