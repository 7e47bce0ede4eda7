"""A Party submits its national targets, version by version; the secretariat accepts a version or returns it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.states import move
from accounts.texts import localized
from accounts.verbs.activities import record
from correspondence.models import Mailing
from correspondence.verbs.messages import Recipient, queue_message
from participants.models import Person, PersonalLink
from participants.models.links import LinkPurpose
from participants.queries.focal_points import standing
from participants.queries.persons import belongs, person_of
from participants.queries.wording import party_name
from participants.verbs.letters import language_of
from participants.verbs.links import issue_link, path_of
from targets.models import Area, Submission, TargetItem
from targets.models.submissions import SUBMISSION_STEPS, SubmissionState
from targets.verbs.areas import AreaDraft
from targets.verbs.items import ItemDraft, ItemReading, checked_text, read_items
from workshops.models import Coverage, Party, Programme, Workshop
from workshops.queries.parties import status_on

__all__ = ["AreaDraft", "ItemDraft", "accept_submission", "return_submission", "submit_targets"]

NOTE_LIMIT = 4000
REASON_LIMIT = 4000
LINK_LIFE = timedelta(days=365)  # as long as the link of the request for targets


def submit_targets(
    programme: Programme,
    party: Party,
    *,
    items: Sequence[ItemDraft],
    workshop: Workshop | None = None,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Submission:
    """Record the next version of a Party's national targets (note, paras 18 (a) and 20).

    A version that waits for review is superseded; an accepted one stays until this one is accepted. Without ``workshop``
    it belongs to the one that serves the Party. Focal points of the Party who stand on the day may submit, and organizers.

    Raises ``Invalid`` (``workshop_elsewhere``, ``too_long`` and those of ``read_items``), ``NotAllowed`` (``no_standing``)
    and ``Refused`` (``not_a_party``, ``party_not_covered``).
    """
    note = checked_text(note, NOTE_LIMIT, "note", lines=True)
    if workshop is not None and workshop.programme_id != programme.pk:
        raise Invalid("workshop_elsewhere", _("This workshop is not one of the programme."), field="workshop")
    person = _speaker(programme, party, by, at)
    if status_on(party, at.date()) != "party":
        raise Refused("not_a_party", _("%(name)s is not a Party on this day.") % {"name": party}, field="party")
    readings = read_items(items)
    with transaction.atomic():
        coverage = _lock_dossier(programme, party)
        _supersede(programme, party, SubmissionState.SUBMITTED)
        submission = Submission.objects.create(
            programme=programme,
            party=party,
            workshop=workshop or coverage.workshop,
            version=_next_version(programme, party),
            submitted_by=person,
            submitted_at=at,
            note=note,
        )
        _write_items(submission, readings)
        record("submit_targets", submission, by=by, at=at, version=submission.version, items=len(readings))
        _write_to_submitter(submission, "submission-received", at=at)
    return submission


def accept_submission(submission: Submission, *, mailing: Mailing | None = None, by: Actor, at: datetime) -> Submission:
    """Accept a version that waits; the version accepted before is superseded.

    Raises ``NotAllowed`` for others than organizers and ``Refused`` (``illegal_step``).
    """
    by.require_organizer()
    with transaction.atomic():
        submission = _locked(submission)
        move(submission, SubmissionState.ACCEPTED, SUBMISSION_STEPS)
        _supersede(submission.programme, submission.party, SubmissionState.ACCEPTED)
        submission.decided_at = at
        submission.save(update_fields=["state", "decided_at"])
        record("accept_submission", submission, by=by, at=at, version=submission.version)
        _write_to_submitter(submission, "submission-accepted", mailing=mailing, at=at)
    return submission


def return_submission(
    submission: Submission, *, reason: str, mailing: Mailing | None = None, by: Actor, at: datetime
) -> Submission:
    """Return a version that waits; ``reason`` tells the Party what to make clear, and the letter carries a personal link.

    Raises ``NotAllowed`` for others than organizers, ``Invalid`` (``reason_missing``, ``too_long``) and ``Refused``
    (``illegal_step``).
    """
    by.require_organizer()
    reason = checked_text(reason, REASON_LIMIT, "reason", lines=True)
    if not reason:
        raise Invalid("reason_missing", _("Say what the Party should make clear."), field="reason")
    with transaction.atomic():
        submission = _locked(submission)
        move(submission, SubmissionState.RETURNED, SUBMISSION_STEPS)
        submission.decided_at, submission.return_reason = at, reason
        submission.save(update_fields=["state", "decided_at", "return_reason"])
        record("return_submission", submission, by=by, at=at, version=submission.version)
        _return_to_submitter(submission, mailing=mailing, at=at)
    return submission


def _speaker(programme: Programme, party: Party, by: Actor, at: datetime) -> Person | None:
    """Return the focal point who submits; ``None`` for an organizer who enters what came by letter."""
    person = person_of(by)
    if person and belongs(person, programme) and standing(at.date(), party=party, person=person).exists():
        return person
    if by.is_organizer:
        return None
    raise NotAllowed(
        "no_standing", _("Targets are submitted by a focal point of the Party who stands on this day."), field="party"
    )


def _lock_dossier(programme: Programme, party: Party) -> Coverage:
    """Lock the Party's row in the programme: one step at a time on a Party's versions, whoever takes it."""
    coverage = (
        Coverage.objects.select_for_update(of=("self",))
        .select_related("workshop")
        .filter(programme=programme, party=party)
        .first()
    )
    if coverage is None:
        raise Refused(
            "party_not_covered", _("This programme does not cover %(name)s.") % {"name": party}, field="party"
        )
    return coverage


def _locked(submission: Submission) -> Submission:
    _lock_dossier(submission.programme, submission.party)
    return Submission.objects.select_related("programme", "party", "workshop", "submitted_by").get(pk=submission.pk)


def _next_version(programme: Programme, party: Party) -> int:
    last = Submission.objects.filter(programme=programme, party=party).aggregate(last=Max("version"))["last"]
    return (last or 0) + 1


def _supersede(programme: Programme, party: Party, state: SubmissionState) -> None:
    for earlier in Submission.objects.filter(programme=programme, party=party, state=state):
        move(earlier, SubmissionState.SUPERSEDED, SUBMISSION_STEPS)
        earlier.save(update_fields=["state"])


def _write_items(submission: Submission, readings: Sequence[ItemReading]) -> None:
    for reading in readings:
        reading.item.submission = submission
    TargetItem.objects.bulk_create(reading.item for reading in readings)
    link = TargetItem.global_targets.through
    link.objects.bulk_create(
        link(targetitem_id=reading.item.pk, target_id=code) for reading in readings for code in reading.global_targets
    )
    Area.objects.bulk_create(
        Area(item=reading.item, name=area.name, geometry=area.geometry, hectares_stated=area.hectares_stated)
        for reading in readings
        for area in reading.areas
    )


def _return_to_submitter(submission: Submission, *, mailing: Mailing | None, at: datetime) -> None:
    """Write why a version came back, with a link to send the next; the link needs a workshop to belong to."""
    person = submission.submitted_by
    if person is None or not person.email or submission.workshop is None:
        return
    link = issue_link(
        person,
        LinkPurpose.TARGETS,
        at=at,
        expires_at=at + LINK_LIFE,
        party=submission.party,
        workshop=submission.workshop,
    )
    reason = submission.return_reason
    _write_to_submitter(submission, "submission-returned", link=link, mailing=mailing, at=at, reason=reason)


def _write_to_submitter(
    submission: Submission,
    kind: str,
    *,
    at: datetime,
    link: PersonalLink | None = None,
    mailing: Mailing | None = None,
    **extra: str,
) -> None:
    person = submission.submitted_by
    if person is None or not person.email:
        return
    language = language_of(person, submission.party)
    queue_message(
        key=f"{kind}:{submission.pk}",
        kind=kind,
        recipient=Recipient(name=person.name, address=person.email, language=language, person_key=person.pk),
        context={
            "name": person.name,
            "party": party_name(submission.party, at.date(), language),
            "programme": localized(submission.programme.title, language),
            "version": submission.version,
            **extra,
        },
        about=submission,
        topic=submission.workshop.reference if submission.workshop else "",
        link=path_of(link) if link is not None else None,
        mailing=mailing,
        at=at,
    )
