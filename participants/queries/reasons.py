"""What a selection says of a nomination, in words."""

from participants.models import SelectionEntry


def sentences(entry: SelectionEntry) -> list[str]:
    """Return the sentences of an entry in the active language, the first for the nominee."""
    return [entry.reason] if entry.reason else []
