"""First act: the call, in the convention's own structure, and the secretariat's experts."""

from config.rehearsal.stage import SECRETARIAT, Stage
from correspondence.models import Message
from participants.models.calls import PlanningSignatures
from participants.models.nominations import Sector, Track
from participants.models.organizations import OrganizationKind
from participants.queries.calls import signatories
from participants.verbs.calls import close_call, open_call
from participants.verbs.candidates import Candidate
from participants.verbs.extensions import extend_call
from participants.verbs.nominations import nominate
from participants.verbs.organizations import record_organization
from participants.verbs.reminders import remind_call
from participants.verbs.terms import CallTerms

SEATS_PER_PARTY = 3
EXPERTS = 2
# Developing countries and economies in transition, as notifications name whom they finance; by the groups of the UN.
DEVELOPING = ("un-group-africa", "un-group-asia-pacific", "un-group-eastern-europe", "un-group-grulac")
TERMS = CallTerms(
    file_reference="SCBD/TEST/RH/10001",
    thematic_areas={"en": "Ecosystem restoration (synthetic)"},
    planning_signatures=PlanningSignatures.BOTH,
    reminder_days=(14, 3),
    funded_seats=2,
    funded_lists=DEVELOPING,
)


def call(stage: Stage) -> None:
    """Open the call; every focal point who may nominate gets one letter."""
    calendar = stage.calendar
    stage.call = open_call(
        stage.workshop,
        deadline_at=calendar.deadline,
        deadline_zone=stage.workshop.zone,
        seats_per_party=SEATS_PER_PARTY,
        terms=TERMS,
        by=SECRETARIAT,
        at=calendar.opening,
    )
    stage.workshop.refresh_from_db()
    people = signatories(stage.call, calendar.opening.date()).values("person", "party").distinct().count()
    letters = Message.objects.filter(kind="call-notification", topic=stage.workshop.reference).count()
    stage.expect("notifications written", letters, people)
    stage.counts |= {"parties": len(stage.parties), "focal_points_mailed": letters}


def remind(stage: Stage) -> None:
    """Remind the focal points of the Parties that are silent."""
    stage.counts["reminders"] = remind_call(stage.the_call, by=SECRETARIAT, at=stage.calendar.reminder)


def extend(stage: Stage) -> None:
    """Give the silent Parties some days more; whoever was asked hears of it."""
    extend_call(
        stage.the_call,
        stage.calendar.extended,
        stage.workshop.zone,
        reason="Many Parties are on holiday (synthetic)",
        by=SECRETARIAT,
        at=stage.calendar.extension,
    )
    letters = Message.objects.filter(kind="call-extension", topic=stage.workshop.reference).count()
    stage.counts["extension_letters"] = letters
    stage.expect("letters of the extension", letters, stage.counts["focal_points_mailed"])


def close(stage: Stage) -> None:
    """Close the call at its last deadline."""
    close_call(stage.the_call, by=SECRETARIAT, at=stage.calendar.extended)


def experts(stage: Stage) -> None:
    """Let the secretariat enter experts of organizations, who are counted apart from the seats for Parties."""
    for number in range(1, EXPERTS + 1):
        role = stage.cast.draw("org")
        organization = record_organization(
            name=f"Synthetic Regional Centre {number}",
            kind=OrganizationKind.REGIONAL,
            by=SECRETARIAT,
            at=stage.calendar.nominations,
        )
        nominate(
            stage.the_call,
            organization=organization,
            candidate=Candidate(name=role.name, email=role.email, passport_name=role.passport_name, gender=role.gender),
            track=Track.BIODIVERSITY,
            sector=Sector.CONSERVATION,
            by=SECRETARIAT,
            at=stage.calendar.nominations,
        )
    stage.counts["experts"] = EXPERTS
