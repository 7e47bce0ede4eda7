"""The pages of a host's liaison and of finance."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import ActivityEntry, User
from participants.models import Nomination
from participants.verbs.invitations import accept, invite
from participants.verbs.needs import NeedsDetails, save_needs
from participants.verbs.registrations import RegistrationDetails, register
from tests import builders
from tests.participants.conftest import DECIDED, RESPOND_BY
from tests.participants.decided import contribution, decide, donor, nominee
from workshops.models import Assignment, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(call, jordan, organizer):
    """Make so many who come, paid by a fund, and return their registrations."""

    def make(count: int) -> list[Any]:
        purse = donor(contribution(call, "Nature"))
        chosen = [nominee(call, jordan, number, organizer) for number in range(1, count + 1)]
        decide(call, selected=chosen, seats=count, donors=[purse], payers={each: [purse] for each in chosen})
        rows = []
        for each in chosen:
            fresh = Nomination.objects.get(pk=each.pk)
            invitation = invite(fresh, respond_by=RESPOND_BY, by=organizer, at=DECIDED)
            accept(invitation, by=organizer, at=DECIDED)
            rows.append(
                register(
                    invitation, RegistrationDetails(badge_name=f"Badge {each.reference}"), by=organizer, at=DECIDED
                )
            )
            save_needs(invitation, NeedsDetails(diet="No pork"), by=organizer, at=DECIDED)
        return rows

    return make


def signed_in(role: str, workshop: Workshop | None, **fields: Any) -> tuple[Client, User]:
    user = builders.user(f"{role}@work.example", role=role, **fields)
    if workshop is not None:
        Assignment.objects.create(user=user, workshop=workshop, assigned_at=DECIDED)
    client = Client()
    client.force_login(user)
    return client, user


def test_a_liaison_sees_who_comes_and_no_costs(people, workshop):
    row = people(1)[0]
    client, _user = signed_in("liaison", workshop)
    assert f"/my/workshops/{workshop.slug}/" in client.get("/my/workshops/").text
    page = client.get(f"/my/workshops/{workshop.slug}/")
    assert row.badge_name in page.text
    assert "Nature" not in page.text
    assert "sealed" not in page.text.lower()
    assert "no-store" in page["Cache-Control"]


def test_finance_sees_costs_and_who_pays(people, workshop):
    people(1)
    client, _user = signed_in("finance", workshop)
    page = client.get(f"/my/workshops/{workshop.slug}/").text
    assert "Nature" in page
    assert "1,000" in page
    assert "Badge" not in page


def test_other_workshops_and_other_people_have_no_such_page(people, workshop):
    people(1)
    address = f"/my/workshops/{workshop.slug}/"
    for role in ("liaison", "finance"):
        assert signed_in(role, None)[0].get(address).status_code == 404
    assert signed_in("organizer", None)[0].get(address).status_code == 404
    assert signed_in("guest", None)[0].get("/my/workshops/").status_code == 404
    assert Client().get(address)["Location"].startswith("/my/sign-in/")


def test_what_is_sealed_opens_by_permission_and_is_logged(people, workshop):
    row = people(1)[0]
    client, user = signed_in("liaison", workshop)
    address = f"/my/workshops/{workshop.slug}/{row.pk}/needs/"
    assert client.get(address).status_code == 404
    user.opens_health = True
    user.save()
    assert address in client.get(f"/my/workshops/{workshop.slug}/").text
    before = ActivityEntry.objects.filter(verb="open_needs").count()
    asked = client.get(address)
    assert "stands in the activity log" in asked.text
    assert "No pork" not in asked.text
    assert ActivityEntry.objects.filter(verb="open_needs").count() == before
    assert "No pork" in client.post(address).text
    assert ActivityEntry.objects.filter(verb="open_needs", actor=user).count() == 1
    assert client.post(f"/my/workshops/{workshop.slug}/{row.pk}/passport/").status_code == 404


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize(("role", "queries"), [("liaison", 4), ("finance", 6)])
def test_queries_stay_the_same(count, role, queries, people, workshop, django_assert_num_queries):
    people(count)
    client, _user = signed_in(role, workshop)
    client.get(f"/my/workshops/{workshop.slug}/")
    with django_assert_num_queries(queries):
        client.get(f"/my/workshops/{workshop.slug}/")
