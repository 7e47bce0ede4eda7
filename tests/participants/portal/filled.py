"""What somebody fills into the stages of a registration."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def names(**changes):
    return {"badge_name": "Suharyanto"} | changes


def paper(**changes):
    return {"kind": "regular", "number": "B1234567", "expires_on": "2016-01-01"} | changes


def picture() -> SimpleUploadedFile:
    kept = BytesIO()
    Image.new("RGB", (64, 48), "#8fd0a4").save(kept, "JPEG")
    return SimpleUploadedFile("me.jpg", kept.getvalue(), "image/jpeg")
