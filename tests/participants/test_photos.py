"""Photos: small, upright, without place and time, and sealed."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from accounts.errors import Invalid
from correspondence.models import StoredFile
from correspondence.queries.files import read_bytes
from participants.models import Registration
from participants.verbs.photos import save_photo
from participants.verbs.travel_documents import Upload
from tests.participants.conftest import DECIDED

ORIENTATION, GPS = 0x0112, 0x8825


def photo(size=(3000, 2000), form="JPEG", exif=None) -> Upload:
    made = BytesIO()
    Image.new("RGB", size, "teal").save(made, form, **({"exif": exif} if exif else {}))
    return Upload(made.getvalue(), f"me.{form.lower()}")


def stored() -> StoredFile:
    file = Registration.objects.get().photo
    assert file is not None
    return file


def kept() -> Image.Image:
    return Image.open(BytesIO(read_bytes(stored())))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_small_jpeg(form, accepted, nominee):
    save_photo(accepted, photo(form=form), by=nominee, at=DECIDED)
    assert (kept().format, kept().size) == ("JPEG", (1200, 800))


def test_it_is_turned_upright_and_tells_nothing_of_where_and_when(accepted, nominee):
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (31.0, 57.0, 0.0)}
    save_photo(accepted, photo(exif=exif), by=nominee, at=DECIDED)
    assert kept().size == (800, 1200)
    assert dict(kept().getexif()) == {}


def test_it_is_sealed_and_has_its_day_to_go(accepted, nominee, workshop):
    save_photo(accepted, photo(), by=nominee, at=DECIDED)
    assert (stored().sealed, stored().purpose) == (True, "photo")
    assert stored().purge_on == workshop.ends_on + timedelta(days=90)


def test_it_can_be_taken_away(accepted, nominee):
    save_photo(accepted, photo(), by=nominee, at=DECIDED)
    save_photo(accepted, None, by=nominee, at=DECIDED)
    assert Registration.objects.get().photo is None


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (Upload(b"", "me.jpg"), "file_empty"),
        (Upload(b"%PDF-1.4", "me.pdf"), "photo_unreadable"),
        (Upload(photo().data[:400], "half.jpg"), "photo_unreadable"),
        (Upload(b"x" * (10 * 1024**2 + 1), "big.jpg"), "file_too_large"),
        (photo((9000, 6000)), "photo_unreadable"),
    ],
)
def test_what_is_no_photo_is_refused_in_a_sentence(upload, code, accepted, nominee):
    with pytest.raises(Invalid) as refused:
        save_photo(accepted, upload, by=nominee, at=DECIDED)
    assert (refused.value.code, refused.value.field) == (code, "photo")
