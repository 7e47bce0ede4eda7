"""Deputies (FAO: alternates): named by the holder of a mandate, they stand as the holder does and end with the mandate."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.verbs.activities import record
from correspondence.models import Mailing
from participants.models import FocalPoint, Person
from participants.queries.focal_points import not_over, standing
from participants.queries.persons import person_of
from participants.queries.wording import party_name
from participants.verbs.focal_points import holder_named, kind_in, stop
from participants.verbs.letters import language_of, write_to

# FAO's request of 2019 allows alternates and names no number. Each of them may nominate for the Party and sees what it sends:
# five cover a ministry's unit, and a wrong paste or a script does not open the Party to a crowd.
DEPUTIES_MOST = 5
SIGN_IN = "/my/sign-in/code/"


def name_deputy(
    mandate: FocalPoint,
    *,
    name: str,
    email: str,
    position: str = "",
    language: str = "",
    until: date | None = None,
    mailing: Mailing | None = None,
    by: Actor,
    at: datetime,
) -> FocalPoint:
    """Name a deputy for a mandate, from today (or from its beginning) and before ``until``, at the latest as long as it lasts.

    The deputy gets a letter that says how to sign in. Raises ``NotAllowed`` (``holder_only``) unless the actor is an organizer
    or the holder, standing today; ``Invalid`` (``email_missing``, ``range_reversed``, ``outside_mandate``, ``unknown_choice``
    and those of ``record_person``); and ``Refused`` (``deputy_of_deputy``, ``mandate_over``, ``deputies_limit``,
    ``stands_already``).
    """
    today = at.date()
    if not email.strip():
        raise Invalid("email_missing", _("A deputy signs in by a code sent by mail; give an address."), field="email")
    if language and language not in dict(settings.LANGUAGES):
        raise Invalid("unknown_choice", _("Choose one of the values offered."), field="language")
    with transaction.atomic():
        held = FocalPoint.objects.select_for_update(of=("self",)).select_related("person", "party").get(pk=mandate.pk)
        _require_holder(held, by=by, at=at)
        starts = max(today, held.valid_from)
        ends = _end_within(held, starts, until)
        if not_over(today).filter(deputy_of=held).count() >= DEPUTIES_MOST:
            most = {"most": DEPUTIES_MOST}
            raise Refused("deputies_limit", _("A mandate has at most %(most)d deputies; end one first.") % most)
        person = holder_named(name, email, position=position, rehearsal=held.person.rehearsal, by=by, at=at)
        deputy = _put_in(held, person, starts, ends, language)
        record("name_deputy", deputy, by=by, at=at, kind=held.kind)
        _tell(deputy, held.person, mailing, at)
    return deputy


def record_deputy(
    mandate: FocalPoint,
    person: Person,
    *,
    valid_from: date,
    valid_to: date | None = None,
    designation: str = "",
    language: str = "",
    key: UUID | None = None,
    by: Actor,
    at: datetime,
) -> FocalPoint:
    """Record a deputy of whatever time, as another list of deputies says it; nobody is written to.

    ``key`` is the id the deputy had in an export. Raises ``NotAllowed`` for others than organizers, ``Invalid``
    (``range_reversed``, ``outside_mandate``) and ``Refused`` (``deputy_of_deputy``, ``mandate_exists``).
    """
    by.require_organizer()
    with transaction.atomic():
        held = FocalPoint.objects.select_for_update(of=("self",)).select_related("party").get(pk=mandate.pk)
        if held.deputy_of_id is not None:
            raise Refused("deputy_of_deputy", _("A deputy names no deputies; the focal point does."), field="deputy_of")
        if valid_from < held.valid_from:
            raise Invalid("outside_mandate", _("A deputy begins with the focal point or later."), field="valid_from")
        values = {
            "valid_to": _end_within(held, valid_from, valid_to),
            "designation": designation,
            "language": language,
            "deputy_of": held,
        } | ({"id": key} if key else {})
        deputy, created = FocalPoint.objects.get_or_create(
            party=held.party, person=person, kind=held.kind, valid_from=valid_from, defaults=values
        )
        if not created:
            raise Refused("mandate_exists", _("This mandate is already in the directory."), field="name")
        record("name_deputy", deputy, by=by, at=at, kind=held.kind)
    return deputy


def _require_holder(held: FocalPoint, *, by: Actor, at: datetime) -> None:
    """Refuse unless the actor may name and end deputies of a mandate that is not over."""
    if held.deputy_of_id is not None:
        raise Refused("deputy_of_deputy", _("A deputy names no deputies; the focal point does."))
    if not by.is_organizer:
        person = person_of(by)
        if person is None or person.pk != held.person_id or not standing(at.date()).filter(pk=held.pk).exists():
            raise NotAllowed("holder_only", _("Deputies are named by the focal point whose mandate stands today."))
    if held.valid_to is not None and held.valid_to <= at.date():
        raise Refused("mandate_over", _("This mandate is over; deputies belong to one that stands."))


def _end_within(held: FocalPoint, starts: date, until: date | None) -> date | None:
    if until is None:
        return held.valid_to
    if until <= starts:
        raise Invalid("range_reversed", _("A mandate ends after the day it begins."), field="until")
    if held.valid_to is not None and until > held.valid_to:
        raise Invalid("outside_mandate", _("A deputy stands no longer than the focal point."), field="until")
    return until


def _put_in(held: FocalPoint, person: Person, starts: date, ends: date | None, language: str) -> FocalPoint:
    """Write the row; a deputy taken back on the same day stands again in the same row."""
    if not_over(starts).filter(party=held.party, kind=held.kind, person=person).exists():
        raise Refused(
            "stands_already", _("%(name)s is a focal point of this kind already.") % {"name": person}, field="name"
        )
    row, created = FocalPoint.objects.get_or_create(
        party=held.party,
        person=person,
        kind=held.kind,
        valid_from=starts,
        defaults={"valid_to": ends, "deputy_of": held, "language": language},
    )
    if not created:
        row.valid_to, row.deputy_of, row.language = ends, held, language
        row.save(update_fields=["valid_to", "deputy_of", "language"])
    return row


def _tell(deputy: FocalPoint, holder: Person, mailing: Mailing | None, at: datetime) -> None:
    language = language_of(deputy.person, deputy.party, deputy)
    write_to(
        deputy.person,
        "deputy-named",
        key=f"deputy-named:{deputy.pk}",
        language=language,
        context={
            "holder": holder.name,
            "party": party_name(deputy.party, at.date(), language),
            "kind": kind_in(language, deputy.kind),
            "web": settings.BASE_URL + SIGN_IN,
        },
        about=deputy,
        workshop=None,
        at=at,
        mailing=mailing,
    )


def end_deputy(deputy: FocalPoint, *, on: date | None = None, by: Actor, at: datetime) -> FocalPoint:
    """End a deputy's mandate: ``on`` (today if not given) is the first day on which it no longer stands.

    Raises ``NotAllowed`` (``holder_only``) and ``Refused`` (``no_deputy``, ``mandate_over``); a later day than the one set
    already is ``Invalid`` (``outside_mandate``).
    """
    if deputy.deputy_of_id is None:
        raise Refused("no_deputy", _("This is no deputy's mandate."))
    on = on or at.date()
    with transaction.atomic():
        held = FocalPoint.objects.select_for_update(of=("self",)).get(pk=deputy.deputy_of_id)
        _require_holder(held, by=by, at=at)
        row = FocalPoint.objects.select_for_update(of=("self",)).get(pk=deputy.pk)
        if row.valid_to is not None and row.valid_to <= at.date():
            raise Refused("mandate_over", _("This mandate is over already."))
        if row.valid_to is not None and on > row.valid_to:
            raise Invalid("outside_mandate", _("The deputy's mandate ends before that day already."), field="on")
        stop(row, on, by=by, at=at)
    return row
