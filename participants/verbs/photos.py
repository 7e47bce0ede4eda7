"""The stage of the photo: what a badge shows, made small and freed of what a camera writes into it."""

from datetime import datetime, timedelta
from io import BytesIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from accounts.actors import Actor
from accounts.errors import Invalid
from correspondence.models.files import FilePurpose
from correspondence.verbs.files import store_file
from participants.models import Invitation, Registration
from participants.models.registrations import RegistrationStage
from participants.verbs.registrations import hold, keep
from participants.verbs.travel_documents import Upload

SIDE = 1200  # pixels; a badge prints 35 mm at 300 dots an inch from 413
PIXELS_MOST = 50_000_000
KEPT = timedelta(days=90)  # after the workshop; see participants.privacy


def save_photo(invitation: Invitation, photo: Upload | None, *, by: Actor, at: datetime) -> Registration:
    """Keep a photo, sealed, in the place of the one before; ``None`` takes it away.

    Raises as ``hold`` does and ``Invalid`` about ``photo`` (``file_empty``, ``file_too_large``, ``photo_unreadable``).
    """
    picture = _small(photo) if photo is not None else None
    with transaction.atomic():
        row = hold(invitation, RegistrationStage.PHOTO, by=by, at=at)
        row.photo = None
        if picture is not None:
            row.photo = store_file(
                picture,
                name="photo.jpg",
                purpose=FilePurpose.PHOTO,
                media_type="image/jpeg",
                owner_key=str(row.pk),
                at=at,
                purge_on=row.invitation.nomination.call.workshop.ends_on + KEPT,
                sealed=True,
            )
        return keep(row, RegistrationStage.PHOTO, by=by, at=at)


def _small(photo: Upload) -> bytes:
    """Return the picture as JPEG, upright and at most ``SIDE`` long, without place, time and camera."""
    told = {"name": photo.name, "limit": settings.UPLOAD_LIMIT // 1024**2}
    if not photo.data:
        raise Invalid("file_empty", _("“%(name)s” is empty; choose the file again.") % told, field="photo")
    if len(photo.data) > settings.UPLOAD_LIMIT:
        raise Invalid("file_too_large", _("Send a photo under %(limit)d MB.") % told, field="photo")
    try:
        with Image.open(BytesIO(photo.data), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > PIXELS_MOST:
                raise _unreadable(photo.name)
            upright = ImageOps.exif_transpose(opened).convert("RGB")
            upright.thumbnail((SIDE, SIDE))
            kept = BytesIO()
            upright.save(kept, "JPEG", quality=88)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise _unreadable(photo.name) from error
    return kept.getvalue()


def _unreadable(name: str) -> Invalid:
    sentence = _("“%(name)s” cannot be read as a photo; send it as JPEG, PNG or WebP.") % {"name": name}
    return Invalid("photo_unreadable", sentence, field="photo")
