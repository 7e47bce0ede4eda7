"""Files that nobody refers to any more: their rows, and the bytes with the last of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage

from correspondence.models import StoredFile
from correspondence.verbs.files import store_file
from participants.verbs.purges import purge
from tests.participants.conftest import BEFORE, DECIDED

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.4 a letter"
LAST_DAY = date(2014, 6, 19)


def night(days: int) -> datetime:
    """The night in which so many days have passed since the last day of the workshop."""
    return datetime(2014, 6, 19, 20, 0, tzinfo=UTC) + timedelta(days=days)


def file(purpose: str, name: str = "a.pdf", data: bytes = b"", **more: Any) -> StoredFile:
    return store_file(
        data or name.encode(), name=name, purpose=purpose, media_type="application/pdf", at=DECIDED, sealed=True, **more
    )


def test_bytes_stay_while_a_row_has_them_and_go_with_the_last(db):
    kept, other = [
        store_file(PDF, name=name, purpose="nomination", media_type="application/pdf", at=BEFORE) for name in "ab"
    ]
    assert kept.storage_name == other.storage_name
    StoredFile.objects.filter(pk=kept.pk).update(created_at=night(400))
    assert purge(at=DECIDED).files == 1
    assert default_storage.exists(kept.storage_name)
    StoredFile.objects.update(created_at=BEFORE)
    assert purge(at=DECIDED).files == 1
    assert not default_storage.exists(kept.storage_name)


def test_a_run_cut_off_between_row_and_bytes_leaves_no_bytes_behind(db, monkeypatch):
    made = file("scan")

    def killed(name):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(default_storage, "delete", killed, raising=False)
        with pytest.raises(KeyboardInterrupt):
            purge(at=DECIDED + timedelta(days=2))
    assert StoredFile.objects.filter(pk=made.pk).exists()
    purge(at=DECIDED + timedelta(days=3))
    assert not default_storage.exists(made.storage_name)


def test_reports_and_materials_are_not_the_purges(db):
    file("material")
    file("report")
    assert purge(at=night(900)).files == 0
