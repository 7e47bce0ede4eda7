"""What a server's words about a failure mean for the address: dead, or good for another letter."""

import re

from correspondence.models.bounces import BounceKind

_ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\d|\.\d)")  # RFC 3463
_REPLY = re.compile(r"(?<![\d.])([45]\d\d)(?=[ -])")  # RFC 5321, 4.2
_VAGUE = ".0.0"
_FULL = re.compile(
    r"mailbox (?:is )?full|over ?quota|quota (?:is )?exceeded|exceed\w* (?:\w+ ){0,3}quota|"
    r"(?:storage|allocation)\b[^.]{0,40}exceed",
    re.IGNORECASE,
)
_FULL_REPLIES = {"422", "452", "552"}
# Failures that say nothing against the address: those that pass, our own sender (5.1.7, 5.1.8), a mailbox that is full or
# takes no letter of this size, the receiving system's own trouble, loops and time that ran out, content, and policy.
_NOT_THE_ADDRESS = re.compile(r"4\.|5\.1\.[78]$|5\.2\.[23]$|5\.3\.|5\.4\.(?:[67]|300)$|5\.6\.|5\.7\.")


def status_in(status: str, words: str) -> str:
    """Return the most telling status code (RFC 3463) of a report: its own, else the one in the server's words, else ""."""
    own = _ENHANCED.search(status)
    if own and not own[1].endswith(_VAGUE):
        return own[1]
    told = next((code for code in _ENHANCED.findall(words) if not code.endswith(_VAGUE)), "")
    if told:
        return str(told)
    reply = _REPLY.search(words)
    if reply and reply[1] in _FULL_REPLIES:
        return f"{reply[1][0]}.2.2"
    return own[1] if own else f"{reply[1][0]}{_VAGUE}" if reply else ""


def failure_kind(status: str, words: str) -> str:
    """Return the kind of a bounce for a letter that was given up, by its status code and, where that is vague, its words."""
    if _NOT_THE_ADDRESS.match(status):
        return BounceKind.TEMPORARY
    if (not status or status.endswith(_VAGUE)) and _FULL.search(words):
        return BounceKind.TEMPORARY
    return BounceKind.PERMANENT
