"""Sealing everything anew with the newest key, so that an old one can be taken away."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Field, Model, TextField
from django.db.models.functions import Cast

from accounts.models.sealed import SealedTextField
from accounts.sealing import UnopenableError, is_newest, unseal
from correspondence.models import StoredFile
from correspondence.verbs.files import store_bytes

BATCH = 500


@dataclass(slots=True)
class Rotation:
    """What was sealed anew, what had the newest key already, and what no key opens, named by model and id."""

    anew: int = 0
    newest: int = 0
    files: int = 0
    unopenable: list[str] = field(default_factory=list)


def rotate_keys(*, at: datetime) -> Rotation:  # noqa: ARG001  # every verb is told the moment
    """Seal all columns and files anew that an older key sealed; can be cut off and run again, while others write."""
    done = Rotation()
    for model, column in sealed_columns():
        for key, token in _tokens(model, column):
            _renew(model, column, key, token, done)
    for file in StoredFile.objects.filter(sealed=True).iterator(chunk_size=BATCH):
        _renew_file(file, done)
    return done


def sealed_columns() -> Iterator[tuple[type[Model], str]]:
    """Yield each sealed column of each model."""
    for model in apps.get_models():
        for column in model._meta.concrete_fields:  # noqa: SLF001  # Django's documented Meta API
            if isinstance(column, SealedTextField):
                yield model, column.name


def _tokens(model: type[Model], column: str) -> Iterator[tuple[object, str]]:
    """Yield keys and tokens as they stand in the database, without unsealing."""
    raw: Field[str, str] = TextField()
    rows = model._base_manager.annotate(token=Cast(column, raw)).exclude(token="").order_by("pk")  # noqa: SLF001
    return rows.values_list("pk", "token").iterator(chunk_size=BATCH)


def _renew(model: type[Model], column: str, key: object, token: str, done: Rotation) -> None:
    if is_newest(token.encode()):
        done.newest += 1
        return
    try:
        text = unseal(token.encode()).decode()
    except UnopenableError:
        done.unopenable.append(f"{model._meta.label}.{column} {key}")  # noqa: SLF001
        return
    raw: Field[str, str] = TextField()
    unchanged = model._base_manager.annotate(token=Cast(column, raw)).filter(pk=key, token=token)  # noqa: SLF001
    done.anew += unchanged.update(**{column: text})  # somebody who wrote meanwhile has sealed with the newest key


def _renew_file(file: StoredFile, done: Rotation) -> None:
    try:
        with default_storage.open(file.storage_name) as stored:
            data: bytes = stored.read()
        if is_newest(data):
            done.newest += 1
            return
        plain = unseal(data)
    except (FileNotFoundError, UnopenableError):
        done.unopenable.append(f"{StoredFile._meta.label} {file.pk}")  # noqa: SLF001
        return
    before = file.storage_name
    with transaction.atomic():
        locked = StoredFile.objects.select_for_update().filter(pk=file.pk, storage_name=before).first()
        if locked is None:
            return  # purged, or sealed anew by another run, meanwhile
        store_bytes(locked, plain)
    done.files += 1
    # After the commit: bytes without a row are of no use once the old key is gone, a row without bytes would be a loss.
    if not StoredFile.objects.filter(storage_name=before).exists():
        default_storage.delete(before)
