"""Third act: Parties send their national targets; some are returned and come back."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings

from accounts.actors import Actor
from accounts.tokens import derive
from config.rehearsal.stage import SECRETARIAT, Stage
from correspondence.models import Message
from participants.queries.links import actor_for, resolve
from targets.models import Submission, TargetItem
from targets.models.items import Measure
from targets.models.submissions import SubmissionState
from targets.verbs.requests import ask_for_targets
from targets.verbs.submissions import ItemDraft, accept_submission, return_submission, submit_targets
from workshops.models import Party

SHARE_RETURNED = 0.15
# Which global target a measure serves, by the wording of Aichi targets 5, 7, 11 and 15.
SERVES: dict[str, tuple[str, ...]] = {
    Measure.RESTORE: ("aichi-15",),
    Measure.PROTECT: ("aichi-11",),
    Measure.AVOID_LOSS: ("aichi-5",),
    Measure.MAINTAIN: ("aichi-5",),
    Measure.IMPROVE: ("aichi-7",),
    Measure.NEUTRAL: ("aichi-15",),
    Measure.OTHER: (),
}
SYNTHETIC = (
    (Measure.RESTORE, "Restore degraded forest and woodland (synthetic)", "degraded forest land"),
    (Measure.PROTECT, "Enlarge the protected area network (synthetic)", "land and inland water"),
    (Measure.AVOID_LOSS, "Reduce the yearly loss of natural habitat (synthetic)", "natural habitats"),
    (Measure.IMPROVE, "Manage grazing land sustainably (synthetic)", "rangeland"),
)


def requests(stage: Stage) -> None:
    """Ask the CBD focal points of every Party served for national targets."""
    calendar = stage.calendar
    asked = ask_for_targets(stage.workshop, due_at=calendar.due, by=SECRETARIAT, at=calendar.request)
    letters = Message.objects.filter(kind="targets-request", topic=stage.workshop.reference).count()
    stage.counts["targets_asked"] = asked
    stage.expect("requests written", letters, asked)


def submissions(stage: Stage) -> None:
    """Let each Party that took part submit; return some, which are submitted again; accept all in the end."""
    stated = _stated()
    sent = returned = 0
    for party in _present(stage):
        by = _bearer(stage, party)
        items = tuple(stated.get(party.code, ())) or tuple(_synthetic(stage))
        submission = submit_targets(
            stage.programme, party, workshop=stage.workshop, items=items, by=by, at=stage.calendar.submissions
        )
        sent += 1
        if stage.random.random() < SHARE_RETURNED:
            reason = "Please name the baseline of the first target. (synthetic)"
            return_submission(submission, reason=reason, by=SECRETARIAT, at=stage.calendar.review)
            at = stage.calendar.review + timedelta(days=5)
            submission = submit_targets(stage.programme, party, workshop=stage.workshop, items=items, by=by, at=at)
            sent, returned = sent + 1, returned + 1
        accept_submission(submission, by=SECRETARIAT, at=stage.calendar.review + timedelta(days=10))
    accepted = Submission.objects.filter(workshop=stage.workshop, state=SubmissionState.ACCEPTED)
    stage.counts |= {
        "submissions": sent,
        "submissions_returned": returned,
        "submissions_accepted": accepted.count(),
        "target_items": TargetItem.objects.filter(submission__in=accepted).count(),
    }
    stage.expect("submissions accepted", accepted.count(), sent - returned)


def _present(stage: Stage) -> list[Party]:
    return list(
        Party.objects.filter(
            nominations__call=stage.the_call, nominations__invitation__registration__attendances__isnull=False
        )
        .distinct()
        .order_by("code")
    )


def _bearer(stage: Stage, party: Party) -> Actor:
    link = stage.workshop.links.filter(party=party).order_by("person__email").first()
    if link is None:
        raise RuntimeError(f"no request went to {party.code}")
    return actor_for(resolve(derive(link.pk), link.purpose, at=stage.calendar.submissions))


def _stated() -> dict[str, list[ItemDraft]]:
    """Return the voluntary commitments of fixtures/ldn_targets.csv by Party: real quantities, with their sources."""
    stated: dict[str, list[ItemDraft]] = {}
    with (settings.BASE_DIR / "fixtures" / "ldn_targets.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            stated.setdefault(row["iso3"], []).append(_item(row))
    return stated


def _item(row: dict[str, str]) -> ItemDraft:
    year = row["target_year"]
    return ItemDraft(
        title=row["action"],
        measure=row["kind"],
        as_written=row["as_written"],
        quantity=row["quantity"],
        unit=row["unit"],
        basis=row["scope"],
        baseline=row["baseline_year"],
        due_on=date(int(year), 12, 31) if year else None,
        source=row["source_page"],
        global_targets=SERVES[row["kind"]],
    )


def _synthetic(stage: Stage) -> Iterator[ItemDraft]:
    for measure, title, basis in stage.random.sample(SYNTHETIC, k=stage.random.randint(1, 3)):
        hectares = Decimal(stage.random.randrange(500, 400_000))
        yield ItemDraft(
            title=title,
            measure=measure,
            as_written=f"{hectares} ha",
            value=hectares,
            unit="ha",
            basis=basis,
            due_on=date(2020, 12, 31),
            in_nbsap=stage.random.choice([True, False, None]),
            source="synthetic",
            global_targets=SERVES[measure],
        )
