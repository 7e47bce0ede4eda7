"""Reasons as sentences: the codes of ``planning.reasons`` and of the rules around it, in the language active now."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.models import SelectionEntry
from participants.models.nominations import Sector, Track
from participants.queries.wording import money_told
from workshops.models import Contribution, Party

Facts = Mapping[str, Any]
# Whom the rules set apart or keep out, and whom an organizer's word does.
PLAIN: dict[str, str | Promise] = {
    "locked-in": gettext_lazy("In by an organizer’s word."),
    "locked-out": gettext_lazy("Out by an organizer’s word."),
    "not-reached": gettext_lazy("The computation ended before this person’s turn; there may still be room."),
    "apart-organization": gettext_lazy("Expert of an organization, counted apart from the seats for Parties."),
    "apart-observer": gettext_lazy(
        "Its Government is not a Party on the day, so there is no seat for a Party; the person may attend as an observer."
    ),
    "barred-state": gettext_lazy("The nomination was not signed, or not undisputed."),
    "barred-unsigned": gettext_lazy("The nomination lacked a signature that the call asked for."),
    "barred-party": gettext_lazy("Its Government is not a Party on the day, so there is no seat for a Party."),
    "barred-dossier": gettext_lazy("The dossier lacked something that the call asks for."),
    "barred-in_time": gettext_lazy("The nomination came after the deadline."),
}
NEEDS: dict[str, str | Promise] = {
    "seat": gettext_lazy("one more seat"),
    "limit": gettext_lazy("one more place for the Party"),
}


class Words:
    """The names that the reasons of some entries are told with, read once: two queries whatever their number."""

    def __init__(self, entries: Iterable[SelectionEntry]) -> None:
        facts = [reason["facts"] for entry in entries for reason in entry.why]
        paying = {key for each in facts for key in (*each.get("payers", ()), each.get("payer")) if key}
        rows = Contribution.objects.filter(pk__in=[UUID(key) for key in paying]).select_related("donor")
        self.payers = {str(row.pk): row for row in rows}
        codes = {each["party"] for each in facts if "party" in each}
        self.parties = Party.objects.in_bulk(codes)

    def sentences(self, entry: SelectionEntry) -> list[str]:
        """Return all that organizers read of an entry: their own words, what the rules say, what would change it."""
        own = [entry.reason] if entry.reason else []
        return own + [self.sentence(reason, entry) for reason in entry.why]

    def for_nominee(self, entry: SelectionEntry) -> str:
        """Return what the nominee is told: the organizer's words, or else the rule that decides; nothing of donors' money."""
        if entry.reason:
            return entry.reason
        told = [reason for reason in entry.why if reason["code"] not in {"no-money", "enters-if"}]
        rules = [each for each in told if each["code"] != "next"] or [{"code": "no-money", "facts": {}}]
        sentences = [
            self._money_in_brief() if each["code"] == "no-money" else self.sentence(each, entry) for each in rules[:1]
        ]
        if entry.position is not None:
            sentences.append(_("Your place among the reserves is number %(place)d.") % {"place": entry.position})
        return " ".join(sentences)

    def sentence(self, reason: Mapping[str, Any], entry: SelectionEntry) -> str:
        """Return one reason as a sentence."""
        code, facts = reason["code"], reason["facts"]
        if code in PLAIN:
            return str(PLAIN[code])
        if code.startswith("in-"):
            return self._why_in(code.removeprefix("in-"), facts)
        makers = {
            "party-full": self._party_full, "seats-full": self._seats_full, "no-money": self._no_money,
            "next": self._next, "enters-if": self._enters_if,
        }  # fmt: skip
        return makers[code]({**facts, "currency": entry.selection.currency})

    def _why_in(self, level: str, facts: Facts) -> str:
        party = self._party(facts)
        sector = dict(Sector.choices).get(facts.get("sector", ""), "")
        track = dict(Track.choices).get(facts.get("track", ""), "")
        numbers = {"count": facts.get("count", 0), "wanted": facts.get("wanted", 0)}
        return {
            "parties": _("Without this person %(party)s would have no seat.") % {"party": party},
            "tracks": _("Without this person %(party)s would lack the track “%(track)s”.")
            % {"party": party, "track": track},
            "women": _("One of the %(count)d women selected; %(wanted)d are aimed for.") % numbers,
            "sectors": _("One of the %(count)d selected of the sector “%(sector)s”; %(wanted)d are aimed for.")
            % {**numbers, "sector": sector},
            "priority": _("%(party)s is on a list that comes first.") % {"party": party},
            "score": _("In with %(score)d points: nobody who could take this seat at no loss has more.")
            % {"score": facts.get("score", 0)},
        }[level]

    def _party_full(self, facts: Facts) -> str:
        text = ngettext("%(party)s has its %(count)d seat.", "%(party)s has its %(count)d seats.", facts["limit"])
        return text % {"party": self._party(facts), "count": facts["limit"]}

    def _seats_full(self, facts: Facts) -> str:
        text = ngettext("The %(count)d seat is taken.", "All %(count)d seats are taken.", facts["seats"])
        return text % {"count": facts["seats"]}

    def _no_money(self, facts: Facts) -> str:
        money = self._money(facts["missing"], facts)
        if not facts["payers"]:
            return _("No donor’s money may pay for this journey.")
        return _("As the money is divided, those who may pay (%(donors)s) lack %(money)s for this journey.") % {
            "donors": self._donors(facts["payers"]),
            "money": money,
        }

    def _money_in_brief(self) -> str:
        return _("The funds that may pay for this journey are used up.")

    def _next(self, facts: Facts) -> str:
        needs = [str(NEEDS[each]) for each in facts["needs"] if each in NEEDS]
        if "money" in facts["needs"]:
            needs.append(_("%(money)s more") % {"money": self._money(facts["missing"], facts)})
        told = {"place": facts["place"], "needs": ", ".join(needs)}
        if not needs:
            return _("Number %(place)d among the reserves.") % told
        return (
            _("Number %(place)d among the reserves: comes in, when all before on the list are in, with %(needs)s.")
            % told
        )

    def _enters_if(self, facts: Facts) -> str:
        if not facts["payer"]:
            return _("Enters if there is one more seat.")
        told = {"donor": self._donors([facts["payer"]]), "money": self._money(facts["money"], facts)}
        return _("Enters if one more seat is funded by %(donor)s (%(money)s).") % told

    def _party(self, facts: Facts) -> str:
        code = facts.get("party", "")
        return str(self.parties.get(code) or code)

    def _donors(self, keys: Sequence[str]) -> str:
        rows = [self.payers[key] for key in keys if key in self.payers]
        names = dict.fromkeys(f"{row.donor} ({row.fund})" if row.fund else str(row.donor) for row in rows)
        return ", ".join(names) or _("a donor who is gone")

    def _money(self, amount: int, facts: Facts) -> str:
        return money_told(amount, facts["currency"])


def sentences(entry: SelectionEntry) -> list[str]:
    """Return what is said of one entry; for many ask ``Words`` once."""
    return Words([entry]).sentences(entry)
