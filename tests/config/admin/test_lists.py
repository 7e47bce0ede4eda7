"""Every page of the admin opens, for whom it should, and asks the database no more for more rows."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.config.admin.conftest import Planner

NOUNS = sorted(admin.site._registry, key=lambda model: model._meta.label)
WORDS = ["", "Land", "O'Brien", '"; drop table', "%_\\", "ب", "x" * 1000, "  "]


def address(model: Any, page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture(params=NOUNS, ids=lambda model: model._meta.model_name)
def noun(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def chief(client: Client, db: None) -> Client:
    """A superuser's browser: superusers alone see API tokens."""
    client.force_login(builders.user("chief@secretariat.example", role="organizer", is_staff=True, is_superuser=True))
    return client


def test_every_noun_of_the_planner_is_in_the_admin() -> None:
    assert [model._meta.label for model in NOUNS] == [
        "accounts.ActivityEntry",
        "accounts.User",
        "correspondence.Bounce",
        "correspondence.DeadAddress",
        "correspondence.LetterTemplate",
        "correspondence.Letterhead",
        "correspondence.Mailing",
        "correspondence.Message",
        "correspondence.StoredFile",
        "knox.AuthToken",
        "participants.AskedStage",
        "participants.Attendance",
        "participants.Call",
        "participants.Campaign",
        "participants.CampaignEntry",
        "participants.DirectoryImport",
        "participants.Dispute",
        "participants.DuplicatePair",
        "participants.FocalPoint",
        "participants.Invitation",
        "participants.Merge",
        "participants.Nomination",
        "participants.Organization",
        "participants.Person",
        "participants.PersonalLink",
        "participants.Purge",
        "participants.Registration",
        "participants.RegistrationQuestion",
        "participants.RegistrationTerms",
        "participants.Reopening",
        "participants.Review",
        "participants.Reviewer",
        "participants.Selection",
        "participants.VisaRule",
        "targets.Area",
        "targets.Compilation",
        "targets.Submission",
        "targets.TargetItem",
        "workshops.Assignment",
        "workshops.Contribution",
        "workshops.Coverage",
        "workshops.CurriculumItem",
        "workshops.Decision",
        "workshops.DecisionCitation",
        "workshops.DecisionIssue",
        "workshops.Expectation",
        "workshops.Framework",
        "workshops.HostOffer",
        "workshops.Material",
        "workshops.Output",
        "workshops.Party",
        "workshops.Programme",
        "workshops.Region",
        "workshops.RegionMembership",
        "workshops.Session",
        "workshops.Target",
        "workshops.Workshop",
    ]


def test_every_page_opens_with_rows(noun: Any, planner: Planner, chief: Client) -> None:
    planner.grow()
    row = noun.objects.order_by("pk").first()
    assert row is not None
    assert chief.get(address(noun, "changelist")).status_code == 200
    page = chief.get(address(noun, "change", row.pk))
    assert page.status_code == 200
    added = chief.get(address(noun, "add"))
    assert added.status_code == (200 if admin.site._registry[noun].has_add_permission(page.wsgi_request) else 403)


def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(
    noun: Any, planner: Planner, chief: Client
) -> None:
    counts = []
    for more in (1, 2):
        for _each in range(more):
            planner.grow()
        chief.get(address(noun, "changelist"))  # what is asked once a process, such as content types
        with CaptureQueriesContext(
            connection,
        ) as asked:
            chief.get(address(noun, "changelist"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_search_takes_anything(noun: Any, planner: Planner, chief: Client) -> None:
    planner.grow()
    for word in WORDS:
        assert chief.get(address(noun, "changelist"), {"q": word}).status_code == 200
    assert chief.get(address(noun, "changelist"), {"q": "\x00"}).status_code == 400


def test_filters_take_anything(noun: Any, planner: Planner, chief: Client) -> None:
    planner.grow()
    for name in ("practice", "state__exact", "programme__id__exact", "workshop__id__exact", "nonsense"):
        got = chief.get(address(noun, "changelist"), {name: "no"})
        assert got.status_code in {200, 302}


def test_autocomplete_finds_a_party_in_any_language(planner: Planner, chief: Client) -> None:
    builders.party("JOR", "Jordan", search_text=" jordan \n الاردن ")
    asked = {"app_label": "workshops", "model_name": "workshop", "field_name": "host", "term": "الأردن"}
    assert [each["id"] for each in chief.get(reverse("admin:autocomplete"), asked).json()["results"]] == ["JOR"]


@pytest.mark.parametrize("role", ["anonymous", "guest", "integrator", "reviewer"])
def test_nobody_else_comes_in(noun: Any, role: str, client: Client, db: None) -> None:
    if role != "anonymous":
        client.force_login(builders.user("visitor@ministry.example", role=role, is_staff=True))
    for page in ("changelist", "add"):
        got = client.get(address(noun, page))
        assert (got.status_code, got.headers["Location"].split("?")[0]) == (302, "/admin/login/")


def test_an_organizer_who_may_not_open_the_admin_stays_out(client: Client, db: None) -> None:
    client.force_login(builders.user("visitor@secretariat.example", role="organizer"))
    assert client.get("/admin/").status_code == 302


def test_users_and_tokens_are_for_superusers(planner: Planner, door: Client) -> None:
    planner.grow()
    assert door.get("/admin/accounts/user/").status_code == 200
    assert door.get("/admin/accounts/user/add/").status_code == 403
    assert door.get("/admin/knox/authtoken/").status_code == 403


@pytest.mark.parametrize("named", ["no-such", "00000000-0000-0000-0000-000000000000", "'", "1"])
def test_an_address_that_names_no_row_opens_an_empty_form(named: str, chief: Client) -> None:
    for noun in NOUNS:
        got = chief.get(address(noun, "add"), {"workshop": named, "party": named, "targets": named, "person": named})
        assert got.status_code in {200, 403}


def test_a_key_that_can_be_none_leads_back(noun: Any, chief: Client) -> None:
    assert chief.get(address(noun, "change", "no-such-key")).status_code in {302, 404}
