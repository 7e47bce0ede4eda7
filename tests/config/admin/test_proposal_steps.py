"""What an organizer does with a proposal: change it, approve a colleague's, lay two side by side."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from correspondence.models import Mailing
from participants.models import Call, Nomination, Selection
from participants.verbs.overrides import override
from tests import builders
from tests.config.admin.conftest import AT, DEADLINE
from tests.config.admin.test_proposals import address, text
from tests.config.admin.test_selecting import told
from tests.config.admin.test_steps import call, workshop
from tests.proposals import Chosen, chosen_from

__all__ = ["call", "workshop"]


@pytest.fixture
def colleague(db: None) -> Actor:
    """Another organizer, who proposes."""
    user = builders.user("colleague@secretariat.example", name="Colleague", role="organizer", is_staff=True)
    return Actor(label="Colleague", user=user)


@pytest.fixture
def chosen(call: Call, by: Actor, colleague: Actor) -> Chosen:
    """Six nominees to a closed call with three seats, whose proposals a colleague makes."""
    made = chosen_from(call, by=by, before=AT, at=DEADLINE)
    made.rules(3)
    made.by = colleague
    return made


@time_machine.travel(DEADLINE, tick=False)
def test_a_proposal_is_changed_with_a_reason(door: Client, chosen: Chosen) -> None:
    made = chosen.computed()
    out, into = chosen.people["Sina Leota"], chosen.people["Suharyanto"]
    page = text(door, made, "override")
    assert f'<option value="{into.pk}">' in page
    assert "Suharyanto · Jordan" in page
    data = {"takes_in": str(into.pk), "leaves_out": str(out.pk), "reason": ""}
    refused = door.post(address(made, "override"), data)
    assert refused.status_code == 422
    assert "This field is required." in refused.content.decode()
    done = door.post(address(made, "override"), data | {"reason": "Knows the field"}, follow=True)
    assert told(done) == ["The proposal is changed; money and levels are counted anew."]
    assert made.entries.get(nomination=into).outcome == "selected"


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"takes_in": "", "leaves_out": ""}, "Choose who comes in, who goes out, or both."),
        ({"takes_in": "Suharyanto", "leaves_out": ""}, "4 are selected for 3 seats."),
        ({"takes_in": "Sina Leota", "leaves_out": ""}, "Select a valid choice."),
    ],
)
@time_machine.travel(DEADLINE, tick=False)
def test_what_the_rules_forbid_is_said_beside_the_field(
    answers: dict[str, str], error: str, door: Client, chosen: Chosen
) -> None:
    made = chosen.computed()
    data = {name: str(chosen.people[who].pk) if who else "" for name, who in answers.items()}
    answer = door.post(address(made, "override"), data | {"reason": "Yes"})
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not made.entries.exclude(computed="").exists()


@time_machine.travel(DEADLINE, tick=False)
def test_another_organizer_approves_after_a_page_with_counts(door: Client, chosen: Chosen) -> None:
    made = chosen.computed()
    assert "Approve …" in text(door, made)
    page = text(door, made, "approve")
    assert "Approve: 3 selected, 3 reserves, 0 not selected." in page
    assert "Everybody gets a letter with the outcome and the reason; invitations are written later." in page
    assert "Approve: select 3 people" in page
    assert made.state == "proposed"
    answer = door.post(address(made, "approve"))
    mailing = Mailing.objects.latest("begun_at")
    assert answer["Location"] == reverse("admin:correspondence_mailing_change", args=[mailing.pk])
    assert mailing.messages.count() == 6
    made.refresh_from_db()
    assert (made.state, made.decided_label) == ("approved", "Staff")
    assert Nomination.objects.filter(state="selected").count() == 3
    page = text(door, made)
    assert "Decision (proposal 1)" in page
    assert "approved by Staff" in page
    assert "Change this proposal" not in page


@time_machine.travel(DEADLINE, tick=False)
def test_who_proposed_or_changed_a_proposal_is_told_why_not_to_approve(door: Client, chosen: Chosen, by: Actor) -> None:
    why = "Another organizer approves: you proposed this selection or changed it."
    changed = chosen.computed()
    override(changed, leaves_out=chosen.people["Sina Leota"], reason="Ill", by=by, at=DEADLINE)
    chosen.by = by
    own = chosen.computed()
    for made in (changed, own):
        page = text(door, made)
        assert why in page
        assert "Approve …" not in page
        assert "Approve: select" not in text(door, made, "approve")
        assert told(door.post(address(made, "approve"), follow=True)) == [why]
    assert not Selection.objects.filter(state="approved").exists()


@time_machine.travel(DEADLINE, tick=False)
def test_a_proposal_made_from_what_has_changed_is_not_approved(door: Client, chosen: Chosen) -> None:
    made = chosen.computed()
    chosen.rules(2)
    [sentence] = told(door.post(address(made, "approve"), follow=True))
    assert "have changed since this was proposed; propose again." in sentence


def compare(door: Client, first: Selection, second: Selection, **more: Any) -> Any:
    return door.get(reverse("admin:participants_selection_compare"), {"a": str(first.pk), "b": str(second.pk)}, **more)


@time_machine.travel(DEADLINE, tick=False)
def test_two_proposals_are_laid_side_by_side(door: Client, chosen: Chosen, by: Actor) -> None:
    first = chosen.computed()
    chosen.by = by
    chosen.rules(4, women_share=25)
    chosen.pays(amount=20_000)
    chosen.by = by
    second = chosen.computed()
    page = " ".join(compare(door, first, second).content.decode().split())
    for words in (
        '<th scope="row">Seats for Parties</th><td class="number" data-label="Proposal 1"><bdi>3</bdi></td>',
        '<th scope="row">Women, at least</th>',
        "Budget: Norway (Nature Fund)",
        "Parties represented",
        "icons.svg#dot",
        "The same",
        "in Proposal 1 alone",
        "in Proposal 2 alone",
        "3 of 3",
    ):
        assert words in page, words
    assert "Lists that come first" not in page
    arabic = compare(door, first, second, headers={"accept-language": "ar"}).content.decode()
    assert 'dir="rtl"' in arabic


@time_machine.travel(DEADLINE, tick=False)
def test_who_differs_stands_with_the_reasons_of_both(door: Client, chosen: Chosen, by: Actor) -> None:
    first = chosen.computed()
    second = chosen.computed()
    out, into = chosen.people["Sina Leota"], chosen.people["Suharyanto"]
    assert "Both were made by the same rules." in compare(door, first, second).content.decode()
    override(second, takes_in=into, leaves_out=out, reason="Knows the field", by=by, at=DEADLINE)
    page = " ".join(compare(door, first, second).content.decode().split())
    assert "1 person in Proposal 1 alone" in page
    assert "Without this person Samoa would have no seat." in page
    assert "Knows the field" in page
    assert "Worse" in page


@time_machine.travel(DEADLINE, tick=False)
def test_what_cannot_be_compared_is_not(door: Client, chosen: Chosen, client: Client) -> None:
    made = chosen.computed()
    page = reverse("admin:participants_selection_compare")
    same = door.get(page, {"a": str(made.pk), "b": str(made.pk)}, follow=True)
    assert told(same) == ["Choose two different proposals."]
    for asked in (
        {},
        {"a": str(made.pk)},
        {"a": str(made.pk), "b": "x"},
        {"a": str(made.pk), "b": str(chosen.call.pk)},
    ):
        assert door.get(page, asked).status_code == 404
    client.force_login(builders.user("someone@ministry.example"))
    assert client.get(page, {"a": str(made.pk), "b": str(made.pk)}).status_code in {302, 403, 404}
