"""A stored file as an answer to a browser."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from correspondence.models import StoredFile


def as_download(file: StoredFile, data: bytes) -> HttpResponse:
    """Return the bytes of a file as one to keep, never as a page of this site; the browser guesses no other type."""
    header = content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    return HttpResponse(
        data,
        content_type=file.media_type,
        headers={"Content-Disposition": header, "X-Content-Type-Options": "nosniff"},
    )
