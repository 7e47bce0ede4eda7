"""A planner with rows of every noun, made by the verbs where verbs make them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from knox.models import AuthToken

from accounts.actors import Actor
from accounts.models import User
from correspondence.models import DeadAddress
from correspondence.reports import Report
from correspondence.verbs.bounces import record_report
from correspondence.verbs.files import store_file
from correspondence.verbs.letterheads import write_letterhead
from correspondence.verbs.mailings import release_mailing, writing
from correspondence.verbs.templates import write_template
from participants.models import (
    AskedStage,
    Campaign,
    CampaignEntry,
    Dispute,
    Nomination,
    Organization,
    Purge,
    RegistrationQuestion,
    RegistrationTerms,
    Reopening,
    VisaRule,
)
from participants.queries.duplicates import open_pairs
from participants.verbs.attendances import record_attendance
from participants.verbs.calls import close_call, open_call
from participants.verbs.candidates import Candidate
from participants.verbs.duplicates import find_pairs, mark_different
from participants.verbs.imports import begin_import
from participants.verbs.invitations import accept, invite
from participants.verbs.merges import merge
from participants.verbs.nominations import nominate
from participants.verbs.registrations import RegistrationDetails, register
from participants.verbs.reviewers import name_reviewer
from participants.verbs.reviews import score
from targets.verbs.compilations import request_compilation
from targets.verbs.submissions import AreaDraft, ItemDraft, submit_targets
from tests import builders
from tests.decisions import decide
from workshops.models import (
    Assignment,
    Contribution,
    CurriculumItem,
    DecisionCitation,
    DecisionIssue,
    Expectation,
    HostOffer,
    Mandate,
    Material,
    Output,
    Partner,
    Party,
    PartyName,
    Programme,
    Region,
    RegionMembership,
    Session,
    Workshop,
)

AT = datetime(2014, 1, 6, 9, 0, tzinfo=UTC)
DEADLINE = datetime(2014, 3, 21, 14, 0, tzinfo=UTC)
RESPOND_BY = datetime(2014, 5, 1, 12, 0, tzinfo=UTC)
FAR = datetime(2019, 8, 31, 15, 0, tzinfo=UTC)


@pytest.fixture
def staff(db: None) -> User:
    """An organizer without a superuser's rights."""
    return builders.user("staff@secretariat.example", name="Staff", role="organizer", is_staff=True)


@pytest.fixture
def by(staff: User) -> Actor:
    return Actor(label=str(staff), user=staff)


@pytest.fixture
def door(staff: User, client: Client) -> Client:
    """The staff's browser."""
    client.force_login(staff)
    return client


class Planner:
    """Adds a whole row of nouns at a time, so that lists can be tested with one row and with three."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self.count = 0

    def grow(self) -> Workshop:
        """Add one workshop with its whole life, and one row of everything it needs."""
        self.count += 1
        letter = "ABCDEFGH"[self.count - 1]
        party = builders.party(f"XX{letter}", f"Land {letter}", m49=f"90{self.count}")
        programme = builders.programme(f"series-{letter.lower()}", code=f"SER{letter}")
        workshop = builders.workshop(f"city-{letter.lower()}", programme=programme, host=party, parties=(party,))
        self._reference(letter, party, programme, workshop)
        builders.focal_point(party, who=builders.person(f"Focal {letter}", f"focal.{letter}@ministry.example".lower()))
        self._life(letter, party, workshop)
        self._letters(letter)
        self._twins(letter)
        begin_import(f"party,kind,name\nJOR,CBD-FP1,{letter}\n".encode(), f"{letter}.csv", by=self.by, at=AT)
        return workshop

    def _twins(self, letter: str) -> None:
        twins = [builders.person(f"Twin {letter}", f"twin.{letter}@ministry.example".lower()) for _each in range(3)]
        find_pairs(at=AT)
        merge(*twins[:2], reason="The same address", by=self.by, at=AT)
        for pair in open_pairs():  # decided, so that the desk asks for nothing
            mark_different(pair, by=self.by, at=AT)

    def _letters(self, letter: str) -> None:
        body, before = f"Dear {{name}}, {letter}\n", self.count - 1
        write_template("reserve", "en", f"Reserve {letter}", body, based_on=before, by=self.by, at=AT)
        name = {"en": f"Secretariat {letter}"}
        write_letterhead(organization=name, address="", signatory={}, signatory_name="", by=self.by, at=AT)

    def _reference(self, letter: str, party, programme: Programme, workshop: Workshop) -> None:
        decision = builders.decision(f"XI/{self.count}", number=self.count)
        issue = DecisionIssue.objects.create(
            slug=f"issue-{letter}", title={"en": f"Issue {letter}"}, position=self.count
        )
        DecisionCitation.objects.create(decision=decision, issue=issue, paragraphs=["5"])
        Mandate.objects.create(programme=programme, decision=decision, paragraph="5")
        Partner.objects.create(programme=programme, name=f"Partner {letter}")
        region = Region.objects.create(slug=f"region-{letter.lower()}", of_list="sids", name={"en": f"Region {letter}"})
        RegionMembership.objects.create(region=region, party=party)
        PartyName.objects.create(party=party, language="en", name=f"Old land {letter}", valid_to=date(2000, 1, 1))
        target = builders.target(f"aichi-{self.count}", self.count)
        programme.targets.add(target)
        item = CurriculumItem.objects.create(programme=programme, code=f"C{self.count}", title={"en": "Item"})
        begins = datetime(2014, 6, 15, 6, 0, tzinfo=UTC)
        session = Session.objects.create(
            workshop=workshop,
            curriculum_item=item,
            title={"en": "Opening"},
            starts_at=begins,
            ends_at=begins + timedelta(hours=2),
        )
        file = store_file(
            b"%PDF-1.7 " + letter.encode(),
            name=f"{letter}.pdf",
            purpose="material",
            media_type="application/pdf",
            at=AT,
        )
        Material.objects.create(
            programme=programme,
            workshop=workshop,
            session=session,
            kind="document",
            title="Paper",
            language="en",
            file=file,
        )
        expectation = Expectation.objects.create(programme=programme, kind="output", code="P1", text={"en": "Studies"})
        Output.objects.create(workshop=workshop, expectation=expectation, title="Study", recorded_on=date(2014, 6, 19))
        Contribution.objects.create(
            programme=programme, donor=party, kind="cash", amount=Decimal("10.00"), currency="EUR"
        )
        HostOffer.objects.create(
            programme=programme,
            party=party,
            city="City",
            free_from=date(2014, 6, 1),
            free_to=date(2014, 7, 1),
            capacity=40,
        )
        Organization.objects.create(name=f"Ministry {letter}", kind="government", party=party)
        AuthToken.objects.create(builders.user(f"machine.{letter}@system.example".lower(), role="integrator"))

    def _life(self, letter: str, party, workshop: Workshop) -> None:
        with writing(f"Call {letter}", by=self.by, at=AT) as mailing:
            call = open_call(
                workshop,
                deadline_at=DEADLINE,
                deadline_zone="Asia/Amman",
                seats_per_party=2,
                mailing=mailing,
                by=self.by,
                at=AT,
            )
        release_mailing(mailing, by=self.by, at=AT)
        late = Report("delayed", "", f"<{letter}@mx.example>", names=(str(mailing.messages.get().pk),))
        record_report(late, source="mailbox", at=AT)
        DeadAddress.objects.create(address=f"gone.{letter}@ministry.example".lower(), since=AT)
        candidate = Candidate(name=f"Nominee {letter}", email=f"nominee.{letter}@ministry.example".lower())
        nomination = nominate(
            call,
            party=party,
            candidate=candidate,
            track="biodiversity",
            sector="forest",
            signature=builders.official(),
            by=self.by,
            at=AT,
        )
        self._reviewed(letter, nomination)
        Dispute.objects.create(call=call, party=party, raised_at=AT)
        Reopening.objects.create(call=call, party=party, reason="Holidays", asked_at=DEADLINE)
        campaign = Campaign.objects.create(
            title=f"Request {letter}", kinds=["FAO-FP"], opened_at=AT, due_at=FAR, due_zone="Europe/Rome"
        )
        CampaignEntry.objects.create(campaign=campaign, party=party, kind="FAO-FP")
        close_call(call, by=self.by, at=DEADLINE)
        decide(call, by=self.by, at=DEADLINE)
        nomination = Nomination.objects.get(pk=nomination.pk)
        invitation = accept(invite(nomination, respond_by=RESPOND_BY, by=self.by, at=DEADLINE), by=self.by, at=DEADLINE)
        self._asked(workshop, party)
        registration = register(invitation, RegistrationDetails(badge_name="Nominee"), by=self.by, at=DEADLINE)
        record_attendance(registration, workshop.starts_on, by=self.by, at=RESPOND_BY)
        draft = ItemDraft(title="Restore forest", measure="restore", areas=(AreaDraft(name="Valley"),))
        submit_targets(workshop.programme, party, items=[draft], by=self.by, at=RESPOND_BY)
        request_compilation(workshop.programme, workshop=workshop, by=self.by, at=RESPOND_BY)

    def _asked(self, workshop: Workshop, party: Party) -> None:
        liaison = builders.user(f"liaison-{workshop.slug}@host.example", role="liaison")
        Assignment.objects.create(user=liaison, workshop=workshop, assigned_at=AT)
        AskedStage.objects.create(workshop=workshop, stage="emergency", asking="welcome")
        RegistrationTerms.objects.create(workshop=workshop, passport_days=60)
        RegistrationQuestion.objects.create(workshop=workshop, kind="yes_no", label={"en": "Do you bring a map?"})
        VisaRule.objects.create(workshop=workshop, nationality=party, need="arrival", source="Note verbale")
        Purge.objects.create(started_at=FAR, ended_at=FAR)

    def _reviewed(self, letter: str, nomination: Nomination) -> None:
        reviewer = builders.user(f"reviewer.{letter}@review.example".lower(), role="reviewer")
        name_reviewer(nomination.call, reviewer, builders.party("CHE", "Switzerland"), by=self.by, at=AT)
        marks = dict.fromkeys(nomination.call.scored.values_list("pk", flat=True), 3)
        score(nomination, marks, by=Actor(label=f"Reviewer {letter}", user=reviewer), at=AT)


@pytest.fixture
def planner(by: Actor) -> Planner:
    return Planner(by)
