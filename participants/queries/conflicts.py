"""Rules that cannot be kept together, as sentences: who and what is at odds, and what would have to give way.

Rules are named as ``planning.conflicts`` names them; all words are in the active language.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import Nomination, Selection
from participants.queries.shares import contribution_label
from participants.queries.wording import money_told
from workshops.models import Contribution, Party


@dataclass(frozen=True, slots=True)
class AtOdds:
    """One rule in a sentence; ``nomination`` is whom it is about where it is an organizer's word on somebody."""

    sentence: str
    nomination: UUID | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """The smallest set of rules that cannot all be kept, and the least that would let everybody locked in stay."""

    rules: tuple[AtOdds, ...]
    gives_way: tuple[str, ...]


def conflicts_of(selection: Selection) -> list[Conflict]:
    """Return what is at odds in a proposal; at most three queries, whatever the number of rules."""
    names = _Names(selection)
    return [
        Conflict(
            tuple(names.rule(*_parts(rule)) for rule in each["rules"]),
            tuple(names.gives_way(*_parts(give["rule"]), give["by"]) for give in each["gives_way"]),
        )
        for each in selection.conflict
    ]


def _parts(rule: str) -> tuple[str, str]:
    """Return the kind of a rule and the key it is about: the nominee's, the budget's, or the Party's code."""
    kind, *keys = rule.split(":")
    return kind, keys[-1]


class _Names:
    """The people, Parties and donors that the rules of a conflict are about, read once."""

    def __init__(self, selection: Selection) -> None:
        named = {kind: set[str]() for kind in ("in", "out", "limit", "own", "paid", "budget", "seats")}
        for kind, key in _rules_in(selection.conflict):
            named[kind].add(key)
        people = Nomination.objects.select_related("person", "party", "organization")
        self.people = people.in_bulk([UUID(key) for key in named["in"] | named["out"]])
        self.parties = Party.objects.in_bulk(named["limit"] | named["own"] | named["paid"])
        self.budgets: dict[str, Mapping[str, Any]] = {
            each["key"]: each for each in selection.inputs.get("donors", ()) if each["key"] in named["budget"]
        }
        donors = Contribution.objects.select_related("donor")
        self.donors = donors.in_bulk([UUID(each["contribution"]) for each in self.budgets.values()])
        self.room: Mapping[str, Any] = next(iter(selection.inputs["rooms"]))
        self.currency = selection.currency

    def rule(self, kind: str, key: str) -> AtOdds:
        """Return a rule as it stands."""
        if kind in {"in", "out"}:
            text = _("%(who)s is locked in.") if kind == "in" else _("%(who)s is locked out.")
            return AtOdds(text % {"who": self._who(key)}, UUID(key))
        if kind == "seats":
            seats = self.room["seats"]
            text = ngettext("There is %(count)d seat for Parties.", "There are %(count)d seats for Parties.", seats)
            return AtOdds(text % {"count": seats})
        if kind == "budget":
            return AtOdds(self._budget(key))
        most = {"limit": self.room["limit"], "own": self.room["own"], "paid": self.room["limit"] - self.room["own"]}
        texts = {
            "limit": _("At most %(count)d may come from %(party)s."),
            "own": _("At the own Government’s expense at most %(count)d may come from %(party)s."),
            "paid": _("Donors pay for at most %(count)d from %(party)s."),
        }
        return AtOdds(texts[kind] % {"count": most[kind], "party": self._party(key)})

    def gives_way(self, kind: str, key: str, by: int) -> str:
        """Return by how much a rule would have to give way."""
        if kind == "in":
            return _("%(who)s no longer locked in") % {"who": self._who(key)}
        if kind == "budget":
            return self._more_money(key, by)
        texts = {
            "seats": ngettext("%(count)d seat more", "%(count)d seats more", by),
            "limit": ngettext("%(count)d place more for %(party)s", "%(count)d places more for %(party)s", by),
            "own": ngettext(
                "%(count)d person more from %(party)s at the own Government’s expense",
                "%(count)d people more from %(party)s at the own Government’s expense",
                by,
            ),
            "paid": ngettext(
                "%(count)d person more from %(party)s paid by donors",
                "%(count)d people more from %(party)s paid by donors",
                by,
            ),
        }
        return texts[kind] % {"count": by, "party": self._party(key)}

    def _budget(self, key: str) -> str:
        budget = self.budgets[key]
        told = {"donor": self._donor(key), "count": budget["places"]}
        if budget["amount"] is None:
            text = ngettext(
                "%(donor)s pays for at most %(count)d person.",
                "%(donor)s pays for at most %(count)d people.",
                budget["places"],
            )
            return text % told
        told["money"] = money_told(budget["amount"], self.currency)
        if budget["places"] is None:
            return _("%(donor)s pays at most %(money)s.") % told
        text = ngettext(
            "%(donor)s pays at most %(money)s, for at most %(count)d person.",
            "%(donor)s pays at most %(money)s, for at most %(count)d people.",
            budget["places"],
        )
        return text % told

    def _more_money(self, key: str, by: int) -> str:
        budget = self.budgets[key]
        told = {"donor": self._donor(key), "count": by}
        if budget["amount"] is None:
            text = ngettext("%(count)d person more paid by %(donor)s", "%(count)d people more paid by %(donor)s", by)
            return text % told
        return _("%(money)s more from %(donor)s") % {**told, "money": money_told(by, self.currency)}

    def _who(self, key: str) -> str:
        nomination = self.people[UUID(key)]
        return f"{nomination.person} ({nomination.party or nomination.organization})"

    def _party(self, code: str) -> str:
        return str(self.parties.get(code, code))

    def _donor(self, key: str) -> str:
        donor = self.donors.get(UUID(self.budgets[key]["contribution"]))
        return contribution_label(donor) if donor is not None else _("a donor who is gone")


def _rules_in(conflict: Sequence[Mapping[str, Any]]) -> Iterable[tuple[str, str]]:
    for each in conflict:
        for rule in (*each["rules"], *(give["rule"] for give in each["gives_way"])):
            yield _parts(rule)
