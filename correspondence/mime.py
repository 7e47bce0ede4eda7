"""A mail in the form it goes over the wire (RFC 5322, 2045 to 2047), written in one go.

The email package takes a millisecond to build and fold what is built here in a tenth of it, and delivery is measured against
a bare SMTP loop (``make bench``, mail.plain).
"""

from base64 import b64encode, encodebytes
from binascii import b2a_qp
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.utils import quote

_WORD = 42  # octets of text in an encoded word: 56 of base64 and 12 around it stay under the 75 of RFC 2047, 2
_LINE = b"\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a mail: its media type with parameters, its transfer encoding, and its octets in that encoding."""

    media_type: str
    encoding: str
    octets: bytes

    def written(self) -> bytes:
        """Return the part with its header."""
        head = f"Content-Type: {self.media_type}\r\nContent-Transfer-Encoding: {self.encoding}\r\n\r\n"
        return head.encode("ascii") + self.octets


def text(subtype: str, content: str) -> Part:
    """Return a text as quoted-printable, which every server passes on as it is."""
    octets = (content.rstrip("\n") + "\n").replace("\n", "\r\n").encode()
    return Part(f'text/{subtype}; charset="utf-8"', "quoted-printable", b2a_qp(octets, istext=True))


def file(name: str, media_type: str, data: bytes) -> Part:
    """Return a file by its name, which is plain ASCII without quotes."""
    octets = encodebytes(data).replace(b"\n", _LINE)
    disposition = f'base64\r\nContent-Disposition: attachment; filename="{quote(name)}"'
    charset = '; charset="utf-8"' if media_type.startswith("text/") else ""
    return Part(f'{media_type}{charset}; name="{quote(name)}"', disposition, octets)


def several(subtype: str, parts: Iterable[Part], boundary: str) -> Part:
    """Return parts as one; the mark between them holds "=_", which neither encoding can produce."""
    mark = f"=_{boundary}"
    between = f"\r\n--{mark}\r\n".encode("ascii")
    body = between[2:] + between.join(part.written() for part in parts) + f"\r\n--{mark}--\r\n".encode("ascii")
    return Part(f'multipart/{subtype}; boundary="{mark}"', "7bit", body)


def mail(headers: Mapping[str, str], body: Part) -> bytes:
    """Return the whole mail; ``headers`` stand as they are: ``words`` and ``address`` write what people's text is in."""
    lines = [f"{name}: {value}\r\n" for name, value in headers.items()]
    return "".join([*lines, "MIME-Version: 1.0\r\n"]).encode() + body.written()


def words(value: str) -> str:
    """Return a header's text: as it is when it is ASCII, else as encoded words, each of whole characters.

    Raises ``ValueError`` for a line break: what follows it would be a header of its own.
    """
    if "\n" in value or "\r" in value:
        raise ValueError(f"Header values can't contain newlines (got {value!r})")
    if value.isascii():
        return value
    found, word = [], b""
    for char in value:
        octets = char.encode()
        if len(word) + len(octets) > _WORD:
            found.append(word)
            word = b""
        word += octets
    return "\r\n ".join(f"=?utf-8?b?{b64encode(each).decode()}?=" for each in [*found, word])


def address(name: str, bare: str) -> str:
    """Return an address as headers have it, with the name of its person where it has one."""
    written = f'"{quote(words(name))}"' if name.isascii() else words(name)
    return f"{written} <{bare}>" if name else bare
