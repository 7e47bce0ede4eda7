"""Which Government a text means: told only when no other can be meant (edge case E15)."""

from functools import lru_cache
from unicodedata import normalize

from workshops.models import Party
from workshops.queries.names import index, needle, searchable

REMEMBERED = 2000  # texts


class PartyNames:
    """The names of all Governments, of any time and in any language, read once in two queries.

    ``labels`` holds code and today's name. ``find`` may be asked for many rows: it asks the database nothing.
    """

    def __init__(self) -> None:
        parties = list(Party.objects.prefetch_related("names"))
        self.labels = {party.code: str(party) for party in parties}
        self._named = [(party.code, index(_names(party))) for party in parties]
        self.find = lru_cache(REMEMBERED)(self._find)

    def _find(self, text: str) -> tuple[str, ...]:
        """Return the codes that ``text`` fits: none, the one that is meant, or those among which somebody must choose.

        A code means its Party. A name means it when written in full and no other Party has a name with these words: "Niger"
        fits two, and so does "Congo".
        """
        code = normalize("NFKC", text).strip().upper()
        if code in self.labels:
            return (code,)
        wanted = needle(text)
        if not wanted.strip():
            return ()
        fitting = tuple(code for code, names in self._named if wanted in names)
        whole = f" {searchable(text)} "
        exact = any(whole in names.split("\n") for code, names in self._named if code in fitting)
        return fitting if exact else ()


def _names(party: Party) -> list[str]:
    return [party.name_en, party.formal_name, *party.name.values(), *(each.name for each in party.names.all())]
