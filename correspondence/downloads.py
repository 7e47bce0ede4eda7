"""A file as an answer to a browser."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from correspondence.models import StoredFile


def as_download(file: StoredFile, data: bytes) -> HttpResponse:
    """Return the bytes of a stored file as one to keep."""
    return as_attachment(data, name=file.name, media_type=file.media_type)


def as_attachment(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Return bytes as a file to keep, never as a page of this site; the browser guesses no other type and stores none."""
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": header, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=media_type, headers=headers)
