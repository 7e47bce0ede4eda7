"""Two lists for a Party (E10) and other standings of a nomination, as the page tells them; replacing."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from participants.models import Dispute, FocalPoint, Nomination
from participants.verbs.cancellations import cancel_workshop
from participants.verbs.disputes import settle_dispute
from participants.verbs.extensions import extend_call
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE
from tests.participants.portal.conftest import PDF
from tests.participants.portal.test_nominations import put, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def secondary(jordan) -> FocalPoint:
    return builders.focal_point(
        jordan, "CBD-FP2", builders.person("Huda (synthetic)", "huda@ministry.example", language="en")
    )


@pytest.fixture
def full(call, jordan, jordanian) -> list[Nomination]:
    return [put(call, jordan, jordanian, number) for number in (1, 2)]


def states() -> list[str]:
    return sorted(Nomination.objects.values_list("state", flat=True))


def test_when_all_places_are_taken_another_focal_point_may_disagree_e10(client, page_for, secondary, full):
    url = page_for(secondary)
    page = client.get(url)
    assert "All 2 places of your Party are taken." in page.text
    assert f'href="{url}contest/"' in page.text
    asked = client.get(f"{url}contest/")
    assert "nobody of either is selected" in asked.text
    assert "Nominee 1" in asked.text
    response = client.post(f"{url}contest/", said(), follow=True)
    assert "two lists stand now" in response.text
    assert states() == ["disputed"] * 3
    assert "Since 1 February 2014 two lists stand for your Party." in response.text
    assert "Held back; judged on the date of its letter, 1 February 2014." in response.text


def test_the_lists_have_places_of_their_own_e10(client, page_for, secondary, full):
    url = page_for(secondary)
    client.post(f"{url}contest/", said(rank="1"))
    page = client.get(url)
    assert "1 place of 2 is free." in page.text
    assert "contest/" not in page.text
    assert "part of your own list" in client.get(f"{url}new/").text
    client.post(f"{url}new/", said(name="Second", email="second@ministry.example"))
    assert states() == ["disputed"] * 4


def test_what_was_settled_names_the_rule_the_date_and_the_ground_e10(
    client, nominate_url, page_for, secondary, full, organizer, cbd
):
    client.post(f"{page_for(secondary)}contest/", said(), follow=True)
    settle_dispute(Dispute.objects.get(), cbd, note="Letter of designation 12/2013.", by=organizer, at=BEFORE)
    page = client.get(nominate_url)
    assert "Set aside on 1 February 2014: رنا العلي was confirmed as the focal point who stood on" in page.text
    assert "1 February 2014, the date of the letter. Ground: Letter of designation 12/2013." in page.text
    assert "two lists stand" not in page.text


def test_nobody_disagrees_with_the_own_list(client, nominate_url, fao_url, full):
    assert "contest" not in client.get(nominate_url).text
    for url in (nominate_url, fao_url):
        response = client.post(f"{url}contest/", said(track="planning"))
        assert (response.status_code, response["Location"]) == (302, f"{url}new/")
    assert states() == ["submitted"] * 2


def test_a_contest_with_a_bad_form_changes_nothing(client, page_for, secondary, full):
    response = client.post(f"{page_for(secondary)}contest/", said(email="x"))
    assert response.status_code == 422
    assert states() == ["submitted"] * 2


def test_two_who_hold_the_same_office_are_warned_before_e10(client, page_for, jordan, full):
    other = builders.focal_point(jordan, "CBD-FP1", builders.person("Other (synthetic)", "other@ministry.example"))
    url = page_for(other)
    assert "2 places of 2 are free." in client.get(url).text
    assert "both lists are held back" in client.get(f"{url}new/").text
    client.post(f"{url}new/", said())
    assert states() == ["disputed"] * 3


def test_one_person_through_both_channels_holds_one_seat_e04(client, nominate_url, call, jordan, jordanian, fao):
    put(call, jordan, jordanian, 1, track="planning")
    put(call, jordan, Actor(label="", person_id=fao.person_id), 1, track="planning")
    page = client.get(nominate_url)
    assert "The same person stands in nomination ANNEX2-AMM-002 already: the two count as one" in page.text
    assert "1 place of 2 is free." in page.text


def test_somebody_else_comes_in_the_same_place(client, nominate_url, nomination):
    url = f"{nominate_url}{nomination.pk}/replace/"
    assert "Suharyanto is withdrawn when you send this." in client.get(url).text
    cv = SimpleUploadedFile("cv.pdf", PDF)
    response = client.post(url, said(cv=cv), follow=True)
    assert "In the place of Suharyanto (ANNEX2-AMM-002)." in response.text
    assert "1 nomination withdrawn" in response.text
    nomination.refresh_from_db()
    made = Nomination.objects.get(state="submitted")
    assert (nomination.state, made.rank, made.track, made.replaces) == ("withdrawn", 1, "biodiversity", nomination)
    assert made.documents.get().kind == "cv"
    again = client.post(url, said(name="Third", email="third@ministry.example"))
    assert again.status_code == 422
    assert "can no longer be replaced" in again.text


@pytest.mark.parametrize("change", [{"name": ""}, {"email": "x"}, {"sector": "fishery"}, {"letter_date": "2015-01-01"}])
def test_a_bad_replacement_leaves_the_one_before(client, nominate_url, nomination, change):
    assert client.post(f"{nominate_url}{nomination.pk}/replace/", said(**change)).status_code == 422
    nomination.refresh_from_db()
    assert nomination.state == "submitted"


def test_another_party_replaces_nobody(client, lebanons_url, nomination):
    assert client.get(f"{lebanons_url}{nomination.pk}/replace/").status_code == 404
    assert client.post(f"{lebanons_url}{nomination.pk}/replace/", said()).status_code == 404


def test_both_deadlines_are_shown_and_late_is_judged_by_the_one_in_force_e34(
    client, nominate_url, call, jordan, jordanian, organizer
):
    type(call).objects.update(late_policy="mark")
    call.refresh_from_db()
    after = DEADLINE.replace(day=23)
    put(call, jordan, jordanian, 1, at=after)
    extend_call(
        call, DEADLINE.replace(month=4), "Asia/Amman", reason="Holidays", by=organizer, at=DEADLINE.replace(day=24)
    )
    page = client.get(nominate_url)
    assert "Monday 21 April 2014, 17:00 (Asia/Amman)" in page.text
    assert "Extended on Monday 24 March 2014; the deadline before was Friday 21 March 2014, 16:00" in page.text
    assert "Late: it came on 23 March 2014; the deadline then in force was Friday 21 March 2014, 16:00" in page.text


def test_a_cancelled_call_asks_nothing_more(client, nominate_url, workshop, organizer):
    cancel_workshop(workshop, by=organizer, at=BEFORE)
    page = client.get(nominate_url)
    assert "This call was cancelled. Nothing more is asked of you." in page.text
    assert "/new/" not in page.text
    assert client.post(f"{nominate_url}new/", said()).status_code == 422


def test_an_ended_mandate_sees_nothing_of_the_party_e11(client, nominate_url, nomination, cbd):
    FocalPoint.objects.filter(pk=cbd.pk).update(valid_to=BEFORE.date())
    for step in ("", "new/", "contest/", "more-time/", f"{nomination.pk}/papers/", f"{nomination.pk}/withdraw/"):
        page = client.get(f"{nominate_url}{step}")
        assert page.status_code == 403
        assert "does not stand today" in page.text
        assert "Suharyanto" not in page.text
    assert client.post(f"{nominate_url}{nomination.pk}/withdraw/").status_code == 403
    assert states() == ["submitted"]


def test_a_focal_point_of_another_track_is_told_so(client, page_for, call, jordan):
    type(call).objects.update(tracks=["planning"])
    areas = builders.focal_point(jordan, "PA-FP", builders.person("Areas (synthetic)", "areas@ministry.example"))
    url = page_for(areas)
    assert "asks for no experts on a track for which you sign" in client.get(url).text
    assert client.post(f"{url}new/", said()).status_code == 422


def test_the_terms_of_the_call_are_shown(client, nominate_url, call):
    type(call).objects.update(
        criteria={"en": "Experience with targets 5, 11 and 15."},
        funded_seats=2,
        papers=["letter", "cv"],
        tracks=["biodiversity"],
        sectors=["forest"],
    )
    page = client.get(nominate_url)
    assert "Experience with targets 5, 11 and 15." in page.text
    assert "finance the participation of 2 experts of each Party" in page.text
    assert "Official letter and Curriculum vitae" in page.text
    assert "Who signs on the second track" not in page.text
    form = client.get(f"{nominate_url}new/")
    assert 'value="planning"' not in form.text
    assert 'value="agriculture"' not in form.text


def test_a_practice_call_says_so_on_every_page(client, page_for, call, jordan, nomination, in_february):
    copy = builders.programme("practice", rehearsal_of=call.workshop.programme)
    type(call.workshop).objects.filter(pk=call.workshop_id).update(programme=copy)
    actor = builders.focal_point(jordan, "CBD-FP1", builders.person("P (synthetic)", "p@x.example", rehearsal=copy))
    url = page_for(actor)
    for step in ("", "new/", f"{nomination.pk}/replace/", f"{nomination.pk}/papers/", f"{nomination.pk}/withdraw/"):
        assert "synthetic people, nothing here is public or counted" in client.get(f"{url}{step}").text
    with time_machine.travel(DEADLINE.replace(hour=15), tick=False):
        assert "synthetic people" in client.get(f"{url}more-time/", follow=True).text
