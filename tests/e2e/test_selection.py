"""A selection in a browser: rules, proposals, questions, an override, the approval by another organizer; who moves up then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actors import Actor
from participants.models import Nomination, Selection, SelectionQuestion
from participants.verbs.computing import compute_proposal
from participants.verbs.invitations import decline, invite
from participants.verbs.locks import lock
from participants.verbs.overrides import override
from participants.verbs.proposals import request_proposal
from participants.verbs.questions import answer_question
from tests import builders
from tests.e2e.conftest import PHONE, press
from tests.proposals import chosen_from

pytestmark = pytest.mark.e2e


@pytest.fixture
def chosen(call, organizer):
    """Six nominees of three Parties to a closed call."""
    now = timezone.now()
    return chosen_from(call, by=organizer, before=now, at=now)


@pytest.fixture
def colleague(transactional_db):
    user = builders.user("colleague@secretariat.example", name="Colleague", role="organizer", is_staff=True)
    return Actor(label="Colleague", user=user)


@pytest.fixture
def signed_in(visit, live_server):
    """Open an address of the admin as somebody."""

    def go(path, user, **options):
        page = visit(f"{live_server.url}/admin/login/?next=/admin/", **options)
        page.fill("[name=username]", user.email)
        page.fill("[name=password]", "correct horse battery")
        press(page.locator("#login-form [type=submit]"))
        page.goto(live_server.url + path)
        return page

    return go


def compute():
    """Do what a worker does with the proposal asked for last."""
    made = Selection.objects.filter(state="computing").latest("number")
    compute_proposal(made.pk, at=timezone.now())
    return made


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_are_clean_and_fit_a_phone(language, chosen, admin, clean):
    chosen.rules(3)
    chosen.pays(amount=20_000)
    first, second = chosen.computed(), chosen.computed()
    out, into = chosen.people["Sina Leota"], chosen.people["Suharyanto"]
    override(second, takes_in=into, leaves_out=out, reason="Knows the field", by=chosen.by, at=timezone.now())
    chosen.rules(1)
    for each in (out, into):
        lock(each, "in", "Host of the field trip", by=chosen.by, at=timezone.now())
    impossible = chosen.computed()
    waits = request_proposal(chosen.call, by=chosen.by, at=timezone.now())
    below = "/admin/participants/selection"
    page = admin(f"/admin/participants/call/{chosen.call.pk}/select/", language=language, size=PHONE)
    for address in (
        page.url,
        f"{below}/{second.pk}/change/",
        f"{below}/{impossible.pk}/change/",
        f"{below}/{waits.pk}/change/",
        f"{below}/{second.pk}/override/",
        f"{below}/{second.pk}/approve/",
        f"{below}/compare/?a={first.pk}&b={second.pk}",
    ):
        if address != page.url:
            page.goto(page.url.split("/admin/")[0] + address)
        clean(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address


def overridden(chosen, organizer):
    """A second proposal in which an organizer put one woman of Jordan out for a colleague of hers."""
    chosen.rules(3)
    chosen.computed()
    made = chosen.computed()
    people = {"takes_in": chosen.people["Suharyanto"], "leaves_out": chosen.people["Rana Haddad"]}
    return override(made, **people, reason="Leads the national inventory", by=organizer, at=timezone.now())


def test_an_organizer_sets_rules_proposes_and_asks_why_not(chosen, organizer, signed_in, clean):
    select = f"/admin/participants/call/{chosen.call.pk}/select/"
    page = signed_in(select, organizer.user)
    press(page.get_by_role("link", name="Rules, budgets and locks"))
    page.fill("[name=seats]", "3")
    page.fill("[name=women_share]", "100")
    press(page.get_by_role("button", name="Set the rules"))
    page.goto(page.url.split("/admin/")[0] + select)
    press(page.get_by_role("button", name="Propose 3 seats for 6 nominations"))
    assert "Waits for a worker" in page.inner_text("#progress")
    compute()
    page.get_by_text("Everybody, with the reasons").wait_for()  # the page found out by itself
    assert "3 of 3" in page.inner_text(".figures")
    clean(page)
    page.get_by_role("button", name="Why not? Suharyanto").click()
    page.get_by_text("Being computed").wait_for()
    answer_question(SelectionQuestion.objects.get().pk, at=timezone.now())
    page.get_by_text("If Suharyanto (Jordan) were in").wait_for()


def test_a_proposal_is_overridden_with_a_reason_and_compared(chosen, organizer, signed_in, clean):
    chosen.rules(3)
    chosen.computed()
    second = chosen.computed()
    page = signed_in(f"/admin/participants/selection/{second.pk}/change/", organizer.user)
    press(page.get_by_role("link", name="Change this proposal …"))
    page.select_option("[name=takes_in]", str(chosen.people["Suharyanto"].pk))
    page.select_option("[name=leaves_out]", str(chosen.people["Rana Haddad"].pk))
    page.fill("[name=reason]", "Leads the national inventory")
    press(page.get_by_role("button", name="Change the proposal"))
    assert "Leads the national inventory" in page.inner_text("#content")
    assert "Another organizer approves" in page.inner_text("#content")
    press(page.get_by_role("link", name="Select participants"))
    press(page.get_by_role("button", name="Lay two side by side"))
    assert "1 person in Proposal 2 alone" in page.inner_text("#content")
    clean(page)


def test_another_organizer_approves_and_a_reserve_moves_up_on_a_decline(chosen, organizer, colleague, signed_in, clean):
    made = overridden(chosen, organizer)
    address = f"/admin/participants/selection/{made.pk}/change/"
    page = signed_in(address, colleague.user)
    press(page.get_by_role("link", name="Approve …"))
    assert "Approve: 3 selected, 3 reserves, 0 not selected." in page.inner_text("#content")
    press(page.get_by_role("button", name="Approve: select 3 people"))
    made.refresh_from_db()
    assert (made.state, made.decided_label) == ("approved", "Colleague")
    now = timezone.now()
    invited = Nomination.objects.get(pk=chosen.people["Suharyanto"].pk)
    decline(invite(invited, respond_by=now + timedelta(days=10), by=organizer, at=now), by=organizer, at=now)
    page.goto(page.url.split("/admin/")[0] + address)
    assert "Moved up." in page.inner_text("#content")
    clean(page)
    assert Nomination.objects.filter(call=chosen.call, state="selected", invitation__isnull=True).count() == 3


def test_without_scripts_everything_is_reached_by_buttons_and_links(chosen, organizer, admin):
    chosen.rules(3)
    page = admin(f"/admin/participants/call/{chosen.call.pk}/select/", scripts=False)
    press(page.get_by_role("button", name="Propose 3 seats for 6 nominations"))
    compute()
    press(page.get_by_role("link", name="Refresh the page"))
    press(page.get_by_role("link", name="Reserves 3"))
    assert "place 1" in page.inner_text("#content")
    press(page.get_by_role("button", name="One more seat?"))
    answer_question(SelectionQuestion.objects.get().pk, at=timezone.now())
    press(page.get_by_role("link", name="Refresh the page"))
    assert "comes in." in page.inner_text("#answers")
    press(page.get_by_role("button", name="Discard the proposal …"))
    press(page.get_by_role("button", name="Discard 1 proposal"))
    assert "This proposal was discarded" in page.inner_text("#content")
