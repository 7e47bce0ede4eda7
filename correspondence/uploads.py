"""What an uploaded file really is, told from its bytes; its name and what the browser says count for nothing."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

import filetype
from django.utils.translation import gettext as _

from accounts.errors import Invalid

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIXES = {PDF: ".pdf", DOCX: ".docx", "image/jpeg": ".jpg", "image/png": ".png"}

_ZIP_HEAD = b"PK\x03\x04"
_PARTS_LIMIT = 2000
_UNPACKED_LIMIT = 100 * 1024 * 1024  # bytes; a letter of ten pages with pictures unpacks to a tenth of it
_ENCRYPTED = 0x1  # general purpose bit 0 of a zip entry (APPNOTE 4.4.4)
_MEGABYTE = 1024 * 1024
_NAME_LIMIT = 200  # characters, as the column of StoredFile.name


def media_type_of(data: bytes, *, name: str, limit: int, field: str) -> str:
    """Return the media type of an upload of at most ``limit`` bytes.

    Raises ``Invalid`` (``file_empty``, ``file_too_large``, ``file_type``, ``file_unpacks_too_large``, ``file_encrypted``,
    ``file_macros``) with a sentence that names the way out.
    """
    if not data:
        raise Invalid("file_empty", _("“%(name)s” is empty; choose the file again.") % {"name": name}, field=field)
    if len(data) > limit:
        # 0.1 MB up, so that a file just above the limit is not said to have the limit's size
        size = -(-len(data) * 10 // _MEGABYTE) / 10
        raise Invalid(
            "file_too_large",
            _("“%(name)s” has %(size)s MB; send a file under %(limit)d MB.")
            % {"name": name, "size": f"{size:g}", "limit": limit // _MEGABYTE},
            field=field,
        )
    if data.startswith(_ZIP_HEAD):
        _check_docx(data, name=name, field=field)
        return DOCX
    kind = filetype.guess(data)
    if kind is None or kind.mime not in SUFFIXES:
        raise _unknown(name, field)
    media_type: str = kind.mime
    return media_type


def named(name: str, media_type: str) -> str:
    """Return a file name that is safe to give back: no folders, one line, and the ending of what the file is."""
    bare = "".join(char for char in name.replace("\\", "/").rpartition("/")[2] if char.isprintable()).strip(" .")
    suffix = SUFFIXES[media_type]
    endings = (suffix, ".jpeg") if suffix == ".jpg" else (suffix,)
    if not bare.lower().endswith(endings):
        bare = (bare or "file") + suffix
    return bare[-_NAME_LIMIT:]


def _check_docx(data: bytes, *, name: str, field: str) -> None:
    """Refuse a zip that is no Word document or that nobody should open; nothing is unpacked."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise _unknown(name, field) from error
    if len(parts) > _PARTS_LIMIT or sum(part.file_size for part in parts) > _UNPACKED_LIMIT:
        raise Invalid(
            "file_unpacks_too_large",
            _("“%(name)s” unpacks to more than a letter can hold; save it as PDF and send that.") % {"name": name},
            field=field,
        )
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise _unknown(name, field)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Invalid(
            "file_encrypted",
            _("“%(name)s” is locked with a password; send it without.") % {"name": name},
            field=field,
        )
    if any(part.rpartition("/")[2] == "vbaProject.bin" for part in names):
        raise Invalid(
            "file_macros",
            _("“%(name)s” holds macros; save it as a plain .docx or as PDF and send that.") % {"name": name},
            field=field,
        )


def _unknown(name: str, field: str) -> Invalid:
    return Invalid(
        "file_type",
        _("“%(name)s” is no PDF, Word document (.docx), JPEG or PNG; save it as PDF and send that.") % {"name": name},
        field=field,
    )
