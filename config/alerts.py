"""What waits for an organizer today: due soon, late, or blocked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.admin.displays import LATE, WAITS, deadline, moment
from correspondence.models import Message, Relay
from correspondence.queries import mailings
from correspondence.queries.messages import due
from participants.models import Call, Dispute, Reopening
from participants.models.calls import CallState
from participants.models.nominations import NominationState
from participants.models.reopenings import ReopeningState
from participants.queries.addresses import missed
from participants.queries.campaigns import waiting
from participants.queries.duplicates import open_pairs
from participants.queries.invitations import unanswered
from participants.queries.purges import troubled
from participants.queries.reserves import moved_up
from targets.models import Compilation, Submission
from targets.models.compilations import CompilationState
from targets.models.submissions import SubmissionState

SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to do: a tone, a sentence, and the page where it is done."""

    tone: str
    text: str
    address: str


def alerts(now: datetime) -> list[Alert]:
    """Return what is late first, then what is due; practice copies are left out, except in the outbox all share."""
    found = [
        *_calls(now),
        *_decisions(),
        *_parties(),
        *_reserves(now),
        *_answers(now),
        *_campaigns(now),
        *_people(),
        *_relay(now),
        *_mailings(),
        *_mail(),
        *_addresses(now),
        *_submissions(),
        *_compilations(),
        *_purges(now),
    ]
    return sorted(found, key=lambda alert: alert.tone != LATE)


def _calls(now: datetime) -> Iterator[Alert]:
    is_open = Call.objects.filter(state=CallState.OPEN, workshop__programme__rehearsal_of__isnull=True)
    for call in is_open.select_related("workshop").order_by("deadline_at"):
        address = reverse("admin:participants_call_change", args=[call.pk])
        values = {"call": call.symbol, "when": deadline(call.deadline_at, call.deadline_zone, now)}
        if call.deadline_at < now:
            yield Alert(LATE, _("Call %(call)s is past its deadline and still open: %(when)s") % values, address)
        elif (call.deadline_at - now).days < SOON_DAYS:
            yield Alert(WAITS, _("Call %(call)s closes %(when)s") % values, address)


def _decisions() -> Iterator[Alert]:
    undecided = Q(nominations__state=NominationState.SUBMITTED)
    closed = Call.objects.filter(state=CallState.CLOSED, workshop__programme__rehearsal_of__isnull=True)
    for call in (
        closed.annotate(waiting=Count("nominations", filter=undecided)).filter(waiting__gt=0).order_by("symbol")
    ):
        text = ngettext(
            "Call %(call)s is closed and %(count)d nomination waits for a decision",
            "Call %(call)s is closed and %(count)d nominations wait for a decision",
            call.waiting,
        )
        address = reverse("admin:participants_call_select", args=[call.pk])
        yield Alert(WAITS, text % {"call": call.symbol, "count": call.waiting}, address)


def _parties() -> Iterator[Alert]:
    """What Parties wait for: an answer about more time, and who of two stood."""
    real = {"call__workshop__programme__rehearsal_of__isnull": True}
    asked = Reopening.objects.filter(state=ReopeningState.ASKED, **real).count()
    if asked:
        text = ngettext("%(count)d Party asks for more time", "%(count)d Parties ask for more time", asked)
        address = _list("participants_reopening", {"state__exact": ReopeningState.ASKED})
        yield Alert(WAITS, text % {"count": asked}, address)
    disputed = Dispute.objects.filter(settled_at__isnull=True, **real).count()
    if disputed:
        text = ngettext(
            "%(count)d dispute over who speaks for a Party is open",
            "%(count)d disputes over who speaks for a Party are open",
            disputed,
        )
        yield Alert(LATE, text % {"count": disputed}, _list("participants_dispute", {"settled_at__isempty": "1"}))


def _people() -> Iterator[Alert]:
    pairs = open_pairs().filter(first__rehearsal__isnull=True).count()
    if pairs:
        text = ngettext(
            "%(count)d pair of rows may be one person", "%(count)d pairs of rows may be one person each", pairs
        )
        yield Alert(WAITS, text % {"count": pairs}, _list("participants_duplicatepair", {"state__exact": "open"}))


def _reserves(now: datetime) -> Iterator[Alert]:
    """Who moved up by the rules and cannot know it: they are told by the invitation."""
    real = moved_up(now.date()).filter(call__workshop__programme__rehearsal_of__isnull=True)
    counted = real.order_by("call__symbol").values_list("call", "call__symbol").annotate(Count("pk"))
    for call, symbol, count in counted:
        text = ngettext(
            "%(count)d person moved up in call %(call)s and waits for an invitation",
            "%(count)d people moved up in call %(call)s and wait for their invitations",
            count,
        )
        chosen = {
            "call__id__exact": str(call),
            "state__exact": NominationState.SELECTED.value,
            "invitation__isempty": "1",
        }
        yield Alert(WAITS, text % {"count": count, "call": symbol}, _list("participants_nomination", chosen))


def _answers(now: datetime) -> Iterator[Alert]:
    late = unanswered(now).filter(nomination__call__workshop__programme__rehearsal_of__isnull=True).count()
    if late:
        chosen = {"practice": "no", "state__exact": "open", "respond_by__lt": now.isoformat()}
        text = ngettext(
            "%(count)d invitation has no answer and its date has passed",
            "%(count)d invitations have no answer and their date has passed",
            late,
        )
        yield Alert(LATE, text % {"count": late}, _list("participants_invitation", chosen))


def _campaigns(now: datetime) -> Iterator[Alert]:
    for campaign, to_record, unanswered_about in waiting(now):
        address = reverse("admin:participants_campaign_change", args=[campaign.pk])
        values = {"title": campaign.title, "count": to_record}
        if to_record:
            text = ngettext(
                "“%(title)s”: %(count)d designation waits to be recorded",
                "“%(title)s”: %(count)d designations wait to be recorded",
                to_record,
            )
            yield Alert(WAITS, text % values, f"{address}?show=proposed#list")
        if unanswered_about and campaign.due_at < now:
            text = ngettext(
                "“%(title)s” is past its date and %(count)d focal point is not confirmed",
                "“%(title)s” is past its date and %(count)d focal points are not confirmed",
                unanswered_about,
            )
            yield Alert(LATE, text % (values | {"count": unanswered_about}), f"{address}?show=silent#list")


def _relay(now: datetime) -> Iterator[Alert]:
    relay = Relay.objects.select_related("stopped_by").first()
    if relay is None or (relay.stopped_at is None and relay.away_since is None):
        return
    address, count = reverse("admin:correspondence_message_relay"), due(now).count()
    if relay.stopped_at is not None:
        text = ngettext(
            "%(who)s stopped all mail (%(since)s); %(count)d letter waits",
            "%(who)s stopped all mail (%(since)s); %(count)d letters wait",
            count,
        )
        values = {"who": relay.stopped_by, "since": moment(relay.stopped_at, "UTC"), "count": count}
        yield Alert(LATE, text % values, address)
    elif relay.away_since is not None:
        text = ngettext(
            "The mail server is away since %(since)s; %(count)d letter waits",
            "The mail server is away since %(since)s; %(count)d letters wait",
            count,
        )
        yield Alert(LATE, text % {"since": moment(relay.away_since, "UTC"), "count": count}, address)


def _mailings() -> Iterator[Alert]:
    for mailing, count in mailings.waiting():
        text = ngettext(
            "A mailing of %(count)d letter waits for you: %(title)s",
            "A mailing of %(count)d letters waits for you: %(title)s",
            count,
        )
        address = reverse("admin:correspondence_mailing_change", args=[mailing.pk])
        yield Alert(WAITS, text % {"count": count, "title": mailing.title}, address)


def _mail() -> Iterator[Alert]:
    texts = {
        "failed": lambda count: ngettext("%(count)d message failed", "%(count)d messages failed", count),
        "uncertain": lambda count: ngettext(
            "%(count)d message may or may not have gone out: decide",
            "%(count)d messages may or may not have gone out: decide",
            count,
        ),
        "bounced": lambda count: ngettext("%(count)d message came back", "%(count)d messages came back", count),
    }
    counted = Message.objects.filter(state__in=texts).order_by("state").values_list("state").annotate(Count("pk"))
    for state, count in counted:
        text = texts[state](count) % {"count": count}
        yield Alert(LATE, text, _list("correspondence_message", {"state__exact": state}))


def _addresses(now: datetime) -> Iterator[Alert]:
    unreached = missed(now.date()).count()
    if unreached:
        text = ngettext(
            "Mail does not reach %(count)d person who is invited or a focal point",
            "Mail does not reach %(count)d people who are invited or focal points",
            unreached,
        )
        yield Alert(LATE, text % {"count": unreached}, _list("participants_person", {"mail": "missed"}))


def _submissions() -> Iterator[Alert]:
    waiting = Submission.objects.filter(state=SubmissionState.SUBMITTED, programme__rehearsal_of__isnull=True).count()
    if waiting:
        text = ngettext("%(count)d submission waits for review", "%(count)d submissions wait for review", waiting)
        chosen = {"practice": "no", "state__exact": SubmissionState.SUBMITTED.value}
        yield Alert(WAITS, text % {"count": waiting}, _list("targets_submission", chosen))


def _compilations() -> Iterator[Alert]:
    failed = Compilation.objects.filter(state=CompilationState.FAILED, programme__rehearsal_of__isnull=True).count()
    if failed:
        text = ngettext("%(count)d compilation failed", "%(count)d compilations failed", failed)
        chosen = {"practice": "no", "state__exact": CompilationState.FAILED.value}
        yield Alert(LATE, text % {"count": failed}, _list("targets_compilation", chosen))


def _list(name: str, chosen: dict[str, str]) -> str:
    return f"{reverse(f'admin:{name}_changelist')}?{urlencode(chosen)}"


def _purges(now: datetime) -> Iterator[Alert]:
    """Tell of a purge that failed, was cut off or did not come, once there was one."""
    if troubled(now) is not None:
        text = _("Personal data was not purged as it should be: see the last purge.")
        yield Alert(LATE, text, reverse("admin:participants_purge_changelist"))
