"""Reviews in the admin: criteria, reviewers, what an organizer may see, and setting aside."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.actors import Actor
from accounts.models import User
from participants.models import Call, Nomination, Review, Reviewer
from participants.verbs.reviewers import name_reviewer
from participants.verbs.reviews import score
from tests import builders
from tests.config.admin.conftest import AT
from tests.config.admin.test_steps import call, confirm, nomination, start, workshop
from workshops.models import Party

__all__ = ["call", "nomination", "workshop"]


@pytest.fixture
def egypt(db: None) -> Party:
    return builders.party("EGY", "Egypt")


def reviewing(call: Call, user: User, party: Party, by: Actor) -> Actor:
    name_reviewer(call, user, party, by=by, at=AT)
    return Actor(label=str(user), user=user)


@pytest.fixture
def emad(call: Call, egypt: Party, by: Actor) -> Actor:
    return reviewing(call, builders.user("emad@review.example", name="Emad", role="reviewer"), egypt, by)


def gave(row: Nomination, by: Actor, points: int) -> Review:
    marks = dict.fromkeys(row.call.scored.values_list("pk", flat=True), points)
    return score(row, marks, note=f"Note of {by.label}", by=by, at=AT)


def page(door: Client, noun: str, row: Any) -> str:
    return door.get(reverse(f"admin:participants_{noun}_change", args=[row.pk])).content.decode()


def criteria_page(call: Call) -> str:
    return reverse("admin:participants_call_criteria", args=[call.pk])


def rows(*given: tuple[str, object, object], begun: int = 0, **more: object) -> dict[str, object]:
    data: dict[str, object] = {"form-TOTAL_FORMS": len(given), "form-INITIAL_FORMS": begun}
    for place, (name, weight, most) in enumerate(given):
        data |= {f"form-{place}-name_en": name, f"form-{place}-weight": weight, f"form-{place}-most": most}
        data |= {f"form-{place}-ORDER": place + 1}
    return data | more


def test_the_page_of_criteria_begins_with_the_usual_ones_and_sets_them_in_the_order_given(
    door: Client, call: Call
) -> None:
    shown = door.get(criteria_page(call)).content.decode()
    assert "These are the usual criteria; nothing is set yet." in shown
    assert "Relevant expertise and experience" in shown
    assert criteria_page(call) in page(door, "call", call)
    three = (("Languages", 2, 4), ("Expertise", 3, 5), ("Role in planning", 2, 5))
    sent = rows(*three, ("", 1, 5), begun=3, **{"form-0-ORDER": 9, "form-2-DELETE": "on"})
    answer = door.post(criteria_page(call), sent, follow=True)
    assert [str(each) for each in answer.context["messages"]] == ["2 criteria set."]
    assert [(str(each), each.weight, each.most) for each in call.scored.all()] == [
        ("Expertise", 3, 5),
        ("Languages", 2, 4),
    ]


def test_a_criterion_is_taken_away_and_a_wrong_one_is_told_beside_its_field(door: Client, call: Call) -> None:
    door.post(criteria_page(call), rows(("Expertise", 3, 5), ("Languages", 2, 5)))
    both = (("Expertise", 3, 5), ("Languages", 2, 5))
    door.post(criteria_page(call), rows(*both, begun=2, **{"form-0-DELETE": "on"}))
    assert [str(each) for each in call.scored.all()] == ["Languages"]
    for wrong, said in (
        (("Languages", 11, 5), "less than or equal to 10"),
        (("LANGUAGES", 1, 5), "Two criteria have the same name"),
        (("", 4, 5), "Give each criterion a name"),
    ):
        answer = door.post(criteria_page(call), rows(("Languages", 2, 5), wrong, begun=1))
        assert (answer.status_code, said in answer.content.decode()) == (200, True)
    gone = door.post(criteria_page(call), rows(("Languages", 2, 5), begun=1, **{"form-0-DELETE": "on"}))
    assert "Name at least one criterion." in gone.content.decode()
    assert [str(each) for each in call.scored.all()] == ["Languages"]


def test_criteria_that_were_scored_on_are_shown_and_not_asked_for(
    door: Client, call: Call, nomination: Nomination, emad: Actor
) -> None:
    gave(nomination, emad, 3)
    shown = door.get(criteria_page(call)).content.decode()
    assert "Relevant expertise and experience: 0 to 5 points, weight 3" in shown
    assert "Set the criteria" not in shown
    answer = door.post(criteria_page(call), rows(("Languages", 2, 5)))
    assert [str(each)[:38] for each in answer.context["messages"]] == ["Nominees were scored on these criteria"]
    assert call.scored.count() == 3


def test_the_page_of_criteria_of_no_call_is_not_there(door: Client, nomination: Nomination) -> None:
    assert door.get(reverse("admin:participants_call_criteria", args=[nomination.pk])).status_code == 404


def test_a_reviewer_is_named_and_a_refusal_stands_beside_its_field(door: Client, call: Call, egypt: Party) -> None:
    add = reverse("admin:participants_reviewer_add")
    guest, lara = builders.user("guest@ministry.example"), builders.user("lara@review.example", role="reviewer")
    refused = door.post(add, {"call": call.pk, "user": guest.pk, "party": "EGY"})
    assert "Choose an account with the role of reviewer or organizer." in refused.content.decode()
    assert door.post(add, {"call": call.pk, "user": lara.pk, "party": ""}).status_code == 200
    assert door.post(add, {"call": call.pk, "user": lara.pk, "party": "EGY"}).status_code == 302
    assert Reviewer.objects.get().party == egypt
    again = door.post(add, {"call": call.pk, "user": lara.pk, "party": "EGY"})
    assert "lara@review.example reviews this call already." in again.content.decode()


def test_a_reviewer_is_ended_and_named_again(door: Client, call: Call, emad: Actor) -> None:
    row = Reviewer.objects.get()
    assert "0 of 0" in page(door, "reviewer", row)
    noun = "participants_reviewer"
    assert "Their reviews stay and count." in start(door, noun, "end_reviewer", row)
    assert confirm(door, noun, "end_reviewer", row) == ["1 reviewer ended."]
    assert Reviewer.objects.get().ended_at is not None
    assert confirm(door, noun, "name_again", row, party="LBN") == ["1 reviewer named again."]
    assert (Reviewer.objects.get().ended_at, Reviewer.objects.get().party_id) == (None, "LBN")


def test_an_organizer_sees_reviews_and_mean_in_the_dossier_and_sets_one_aside(
    door: Client, nomination: Nomination, emad: Actor
) -> None:
    row = gave(nomination, emad, 3)
    shown = page(door, "nomination", nomination)
    for part in ("Mean: 60 of 100", "Emad", "60 of 100", "Note of Emad"):
        assert part in shown
    assert "Note of Emad" in page(door, "review", row)
    asked = start(door, "participants_review", "set_aside", row)
    assert "The reviewer may score the nominee anew." in asked
    assert confirm(door, "participants_review", "set_aside", row, reason="") == []
    told = confirm(door, "participants_review", "set_aside", row, reason="Mixed up")
    assert told == ["1 review set aside."]
    shown = page(door, "nomination", nomination)
    assert "set aside: Mixed up" in shown
    assert "Mean" not in shown


def test_an_organizer_who_reviews_sees_neither_scores_nor_mean_before_the_own_ones(
    door: Client, staff: User, nomination: Nomination, emad: Actor, egypt: Party, by: Actor
) -> None:
    own = reviewing(nomination.call, staff, egypt, by)
    row = gave(nomination, emad, 3)
    listed = reverse("admin:participants_review_changelist")
    hidden = ("Note of Emad", "60 of 100", "Mean")
    for shown in (page(door, "nomination", nomination), door.get(listed).content.decode()):
        assert not [part for part in hidden if part in shown]
    assert "You review this call" in page(door, "nomination", nomination)
    assert door.get(reverse("admin:participants_review_change", args=[row.pk])).status_code == 302
    assert door.get(listed, {"q": "Note"}).content.decode().count("Note of Emad") == 0
    told = confirm(door, "participants_review", "set_aside", row, reason="To see it")
    assert told == ["None of the rows chosen is in this list any more; nothing was done."]
    gave(nomination, own, 5)
    shown = page(door, "nomination", nomination)
    assert "Mean: 80 of 100" in shown
    assert "Note of Emad" in door.get(listed).content.decode()


def test_an_organizer_never_sees_scores_of_compatriots_while_reviewing(
    door: Client, staff: User, nomination: Nomination, emad: Actor, by: Actor
) -> None:
    reviewing(nomination.call, staff, builders.party("JOR"), by)
    gave(nomination, emad, 3)
    shown = page(door, "nomination", nomination)
    assert "60 of 100" not in shown
    assert "You review this call" in shown


def test_the_activity_log_tells_an_organizer_who_reviews_no_points(
    door: Client, staff: User, nomination: Nomination, emad: Actor, egypt: Party, by: Actor
) -> None:
    reviewing(nomination.call, staff, egypt, by)
    gave(nomination, emad, 3)
    shown = door.get(reverse("admin:accounts_activityentry_changelist")).content.decode()
    assert f"Emad scored the nomination {nomination.reference}." in shown
    cells = strip_tags(shown.partition('id="result_list"')[2].partition("</table>")[0])
    assert not re.search(r"\b60\b", cells)
