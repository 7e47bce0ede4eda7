"""What the planner holds of people: why, who sees it, and when it goes.

``docs/privacy.md`` shows the same table to people, and a test compares the two. Each field of each model is either in ``RULES``
or in ``participants.not_personal``; keys, relations, moments, numbers and yes or no tell nothing of anybody by themselves and
need no place. ``participants.verbs.purges`` counts the days that stand here and nowhere else. Terms are this project's decision
(decision 21), but for what the issue's words fix; a workshop that is put off is not over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class After(StrEnum):
    """What the days of a term are counted from."""

    WORKSHOP = "the last day of the workshop, or its cancellation"
    DECISION = "the decision on the call, or its deadline where none came"
    DEADLINE = "the call's deadline"
    EXPIRY = "it expired"
    MADE = "it was made"
    SENT = "it was sent, or written and never sent"
    READ = "it was read in"
    ACT = "the act"
    ASKED = "the date by which the campaign asked"
    LAST = "the last mandate, nomination or workshop, or at once on request"


@dataclass(frozen=True, slots=True)
class Term:
    """``days`` after a moment, for all or for those ``of`` whom it holds."""

    days: int
    after: After
    of: str = ""

    def __str__(self) -> str:
        day = "day" if self.days == 1 else "days"
        return f"{self.of + ': ' if self.of else ''}{self.days:,} {day} after {self.after}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: ``name`` is what the purge counts under, ``fields`` are labels of models' fields.

    ``terms`` is empty for what stays; ``besides`` says what else there is to say of when and how it goes.
    """

    name: str
    fields: tuple[str, ...]
    why: str
    seen_by: str
    terms: tuple[Term, ...] = ()
    besides: str = ""

    @property
    def goes(self) -> str:
        """When and how it goes, in words."""
        return "; ".join([*map(str, self.terms), *filter(None, [self.besides])])


def _of(model: str, names: str) -> Iterator[str]:
    return (f"{model}.{name}" for name in names.split())


AT_ONCE = "at once when the person no longer comes"

RULES: tuple[Rule, ...] = (
    Rule(
        "passports",
        (
            *_of("participants.TravelDocument", "kind number born_on issued_on expires_on"),
            *_of("participants.Visa", "state mission note"),
            *_of("participants.Registration", "passport_name"),
        ),
        "ticket and visa",
        "the person; who may open passports; sealed, each opening logged",
        (Term(30, After.WORKSHOP),),
        "or after the days that the workshop's terms say; the copies too; " + AT_ONCE,
    ),
    Rule(
        "needs",
        (
            *_of("participants.Needs", "diet access health"),
            *_of("participants.EmergencyContact", "name relation phone language"),
        ),
        "food, access, help in an emergency",
        "the person; who may open health or emergency contacts; sealed, each opening logged",
        (Term(7, After.WORKSHOP),),
        "answers about health or belief too; " + AT_ONCE,
    ),
    Rule(
        "journeys",
        (
            *_of("participants.Journey", "leaves_from booked_by way_in way_out note"),
            *_of("participants.Stay", "lodging first_night last_night note"),
            *_of("participants.RegistrationAnswer", "value"),
            *_of("participants.Registration", "arrives_on leaves_on speaks other_languages"),
        ),
        "travel, rooms and what the organizers asked; photo for the badge",
        "the person; organizers; answers about health or belief as needs",
        (Term(90, After.WORKSHOP),),
        "with the photo; " + AT_ONCE,
    ),
    Rule(
        "papers",
        (
            *_of("correspondence.StoredFile", "name owner_key"),
            *_of("participants.Nomination", "expertise"),
            *_of("participants.Invitation", "decline_reason"),
        ),
        "judging a nomination",
        "the Party; organizers; reviewers but for compatriots; each opening logged",
        (
            Term(365, After.DECISION, "not selected"),
            Term(730, After.WORKSHOP, "all others"),
        ),
    ),
    Rule(
        "remarks",
        (
            *_of("participants.Review", "note set_aside_reason"),
            *_of("participants.Defect", "note"),
            *_of("participants.Lock", "reason"),
            *_of("participants.SelectionEntry", "reason"),
            *_of("participants.TerritoryDecision", "reason"),
            *_of("participants.Replacement", "reason"),
        ),
        "what was said of a nominee in judging",
        "organizers; reviewers but for compatriots; the person the reason of the decision",
        (Term(730, After.WORKSHOP),),
        "a dash stands where words must stand",
    ),
    Rule(
        "drafts",
        tuple(_of("participants.NominationDraft", "fields")),
        "a nomination begun and not sent",
        "the author",
        (Term(90, After.DEADLINE),),
        "with its papers, once the call is closed",
    ),
    Rule(
        "links",
        tuple(_of("participants.PersonalLink", "purpose digest")),
        "opening the own page without a password",
        "nobody: only a digest is kept",
        (Term(30, After.EXPIRY),),
    ),
    Rule(
        "codes",
        tuple(_of("participants.SignInCode", "address network")),
        "signing in without a password",
        "nobody",
        (Term(1, After.MADE),),
    ),
    Rule(
        "letters",
        (
            *_of("correspondence.Message", "to_name to_address subject body enclosures detail"),
            *_of("correspondence.MessageAttempt", "detail"),
            *_of("correspondence.Bounce", "address status detail source_key"),
        ),
        "proof of what was written to whom",
        "organizers",
        (Term(730, After.SENT),),
        "that a letter of its kind was sent stays",
    ),
    Rule(
        "dead-addresses",
        tuple(_of("correspondence.DeadAddress", "address detail")),
        "writing to no address that is dead",
        "organizers",
        (Term(30, After.MADE),),
        "once nobody in the register has that address",
    ),
    Rule(
        "imports",
        tuple(_of("participants.DirectoryRow", "cells changes faults key")),
        "taking in the directory of focal points",
        "organizers",
        (Term(365, After.READ),),
        "with the file",
    ),
    Rule(
        "proposals",
        tuple(
            _of("participants.CampaignEntry", "proposed_name proposed_email proposed_position proposed_language"),
        ),
        "whom a Party names as its next focal point",
        "the Party; organizers",
        (Term(365, After.ASKED),),
        "with the letter, once the campaign is closed",
    ),
    Rule(
        "addresses",
        tuple(_of("accounts.ActivityEntry", "address")),
        "finding misuse",
        "organizers",
        (Term(365, After.ACT),),
    ),
    Rule(
        "people",
        (
            *_of("participants.Person", "name passport_name sort_key search_text match_key email phone position"),
            *_of("participants.Registration", "badge_name"),
            *_of("participants.FocalPoint", "designation"),
            *_of("participants.Merge", "moved filled reason"),
            *_of("participants.DuplicatePair", "reasons note"),
            *_of("accounts.User", "email name password language"),
            *_of("accounts.ActivityEntry", "actor_label subject_label changes"),
        ),
        "the register of whom the secretariat writes to",
        "the person; the Party that nominated; organizers",
        (Term(1825, After.LAST),),
        "by erasing the person; accounts of the secretariat by an administrator",
    ),
    Rule(
        "counted",
        (
            *_of("participants.Person", "gender language"),
            *_of("participants.Nomination", "reference track sector state letter_date"),
            *_of("participants.Invitation", "state"),
            *_of("participants.Registration", "state"),
        ),
        "figures of reports and statistics",
        "organizers; the Party its own",
        besides="stays, with Party, workplace, nationality, residence, scores and days present; "
        "it tells nobody's name once the person is erased",
    ),
    Rule(
        "record",
        (
            *_of("participants.Endorsement", "official note"),
            *_of("participants.Dispute", "note"),
            *_of("participants.Reopening", "reason answer"),
            *_of("participants.CallExtension", "reason extended_by"),
            *_of("participants.Campaign", "note"),
            *_of("participants.Selection", "inputs proposed_label decided_label note"),
            *_of("participants.SelectionEntry", "why"),
            *_of("participants.SelectionQuestion", "answer"),
            *_of("correspondence.Letterhead", "signatory signatory_name"),
            *_of("targets.Submission", "return_reason note"),
        ),
        "official acts: who spoke for a Party, who decided and why",
        "organizers; the Party concerned",
        besides="stays: the record of the Parties and the secretariat; it names offices, numbers and ids wherever it can",
    ),
)
NAMED = {rule.name: rule for rule in RULES}
PURGED = tuple(rule.name for rule in RULES if rule.terms)


def days_of(name: str, place: int = 0) -> int:
    """Return the days of a rule's first term, or of another one of its terms."""
    return NAMED[name].terms[place].days
