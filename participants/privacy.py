"""What the planner holds of people: why, who sees it, and when it goes.

``docs/privacy.md`` shows the same table to people, and a test compares the two. Each field of each model is either in ``RULES``
or in ``NOT_PERSONAL``; keys, relations, moments, numbers and yes or no tell nothing of anybody by themselves and need no place.
Terms are this project's decision (decision 21), but for what the issue's words fix; days are counted from the last day of the
workshop unless said otherwise, and a workshop that is put off is not over.
"""

from dataclasses import dataclass

FOREVER = "never"  # the entry says why


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: ``name`` is what the purge counts under, ``fields`` are labels of models' fields."""

    name: str
    fields: tuple[str, ...]
    why: str
    seen_by: str
    goes: str


def _of(model: str, names: str) -> tuple[str, ...]:
    return tuple(f"{model}.{name}" for name in names.split())


RULES: tuple[Rule, ...] = (
    Rule(
        "passports",
        (
            *_of("participants.TravelDocument", "kind number born_on issued_on expires_on"),
            *_of("participants.Visa", "state mission note"),
        ),
        "ticket and visa",
        "the person; who may open passports; sealed, each opening logged",
        "30 days after, or as the workshop's terms say; at once when the person no longer comes",
    ),
    Rule(
        "needs",
        (
            *_of("participants.Needs", "diet access health"),
            *_of("participants.EmergencyContact", "name relation phone language"),
        ),
        "food, access, help in an emergency",
        "the person; who may open health or emergency contacts; sealed, each opening logged",
        "7 days after; at once when the person no longer comes",
    ),
    Rule(
        "journeys",
        (
            *_of("participants.Journey", "leaves_from booked_by way_in way_out note"),
            *_of("participants.Stay", "lodging first_night last_night note"),
            *_of("participants.RegistrationAnswer", "value"),
            *_of("participants.Registration", "passport_name arrives_on leaves_on speaks other_languages"),
        ),
        "travel, rooms and what the organizers asked; photo for the badge",
        "the person; organizers",
        "90 days after, with the photo and the countries; at once when the person no longer comes",
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
        "365 days after, 730 of participants",
    ),
    Rule(
        "drafts",
        _of("participants.NominationDraft", "fields"),
        "a nomination begun and not sent",
        "the author",
        "90 days after the call's deadline",
    ),
    Rule(
        "links",
        _of("participants.PersonalLink", "purpose digest"),
        "opening the own page without a password",
        "nobody: only a digest is kept",
        "30 days after it expired",
    ),
    Rule(
        "codes",
        _of("participants.SignInCode", "address network"),
        "signing in without a password",
        "nobody",
        "a day after it was made",
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
        "730 days after it was written",
    ),
    Rule(
        "dead-addresses",
        _of("correspondence.DeadAddress", "address detail"),
        "writing to no address that is dead",
        "organizers",
        "when nobody in the register has that address any more",
    ),
    Rule(
        "imports",
        _of("participants.DirectoryRow", "cells changes faults key"),
        "taking in the directory of focal points",
        "organizers",
        "365 days after it was read",
    ),
    Rule(
        "addresses",
        _of("accounts.ActivityEntry", "address"),
        "finding misuse",
        "organizers",
        "365 days after the act",
    ),
    Rule(
        "people",
        (
            *_of(
                "participants.Person",
                "name passport_name sort_key search_text match_key gender email phone language position",
            ),
            *_of("participants.Registration", "badge_name"),
            *_of("accounts.User", "email name password language"),
            *_of("accounts.ActivityEntry", "actor_label subject_label changes"),
            *_of("participants.CampaignEntry", "proposed_name proposed_email proposed_position proposed_language"),
        ),
        "the register of whom the secretariat writes to",
        "the person; the Party that nominated; organizers",
        "when the person is erased: on request, or 1,825 days without a mandate, a nomination or a workshop",
    ),
    Rule(
        "record",
        (
            *_of("participants.FocalPoint", "designation"),
            *_of("participants.Endorsement", "official note"),
            *_of("participants.Defect", "note"),
            *_of("participants.Dispute", "note"),
            *_of("participants.Reopening", "reason answer"),
            *_of("participants.Replacement", "reason"),
            *_of("participants.CallExtension", "reason extended_by"),
            *_of("participants.Campaign", "note"),
            *_of("participants.Review", "note set_aside_reason"),
            *_of("participants.Lock", "reason"),
            *_of("participants.TerritoryDecision", "reason"),
            *_of("participants.Merge", "moved filled reason"),
            *_of("participants.DuplicatePair", "reasons note"),
            *_of("participants.Selection", "inputs proposed_label decided_label note"),
            *_of("participants.SelectionEntry", "why reason"),
            *_of("participants.SelectionQuestion", "answer"),
            *_of("correspondence.Letterhead", "signatory signatory_name"),
            *_of("targets.Submission", "return_reason note"),
        ),
        "official acts: who spoke for a Party, who decided and why",
        "organizers; the Party concerned",
        "never: the record of the Parties and the secretariat; it names offices, numbers and ids wherever it can",
    ),
)

_WHOLE = """
correspondence.Mailing correspondence.Relay correspondence.LetterTemplate workshops.Party workshops.PartyName
workshops.DecisionIssue workshops.Decision workshops.DecisionCitation workshops.Framework workshops.Target
workshops.Programme workshops.Mandate workshops.Expectation workshops.Partner workshops.Coverage workshops.Workshop
workshops.Contribution workshops.CurriculumItem workshops.HostOffer workshops.Session workshops.Material workshops.Output
workshops.Region workshops.RegionMembership participants.Call participants.Organization participants.NominationDocument
participants.SavedStage participants.AskedStage participants.RegistrationQuestion participants.Attendance
participants.DraftDocument participants.DirectoryImport participants.Purge participants.CostPart participants.Criterion
participants.SelectionRules participants.Budget participants.VisaRule targets.TargetItem targets.Area targets.Compilation
targets.ReportFile
"""
_FIELDS = """
accounts.ActivityEntry.verb accounts.ActivityEntry.subject_kind accounts.ActivityEntry.subject_key accounts.User.role
correspondence.Message.key correspondence.Message.kind correspondence.Message.language correspondence.Message.link_key
correspondence.Message.link_digest correspondence.Message.link_path correspondence.Message.topic
correspondence.Message.about_kind correspondence.Message.about_key correspondence.Message.person_key
correspondence.Message.state correspondence.Message.worker correspondence.Message.relay_id
correspondence.MessageAttempt.outcome correspondence.MessageAttempt.worker correspondence.Bounce.kind
correspondence.Bounce.source correspondence.StoredFile.purpose correspondence.StoredFile.media_type
correspondence.StoredFile.sha256 correspondence.StoredFile.storage_name correspondence.StoredFile.purge_on
correspondence.Letterhead.organization correspondence.Letterhead.address participants.FocalPoint.kind
participants.FocalPoint.valid_from participants.FocalPoint.valid_to participants.FocalPoint.language
participants.FocalPoint.confirmed_on participants.Nomination.reference participants.Nomination.track
participants.Nomination.sector participants.Nomination.state participants.Nomination.letter_date
participants.Invitation.state participants.Registration.state participants.Campaign.title participants.Campaign.kinds
participants.Campaign.state participants.Campaign.due_zone participants.Campaign.reminder_days
participants.CampaignEntry.kind participants.CampaignEntry.answer participants.CampaignEntry.proposed_from
participants.Defect.kind participants.Dispute.judged_on participants.DuplicatePair.state participants.Endorsement.channel
participants.Endorsement.letter_date participants.CallExtension.previous_zone participants.CallExtension.deadline_zone
participants.DirectoryRow.verdict participants.Selection.state participants.Selection.origin
participants.Selection.currency participants.Selection.digest participants.Selection.levels
participants.Selection.conflict participants.Selection.problem participants.Selection.level
participants.SelectionEntry.outcome participants.SelectionEntry.computed participants.SelectionEntry.cost
participants.SelectionQuestion.kind participants.SelectionQuestion.state participants.Reopening.state
participants.Replacement.letter_date participants.Replacement.sunk participants.Lock.verdict
participants.TerritoryDecision.territory targets.Submission.state
"""
NOT_PERSONAL = frozenset([*_WHOLE.split(), *_FIELDS.split()])
PURGED = tuple(rule.name for rule in RULES if not rule.goes.startswith(FOREVER))
