"""Asking for more time on the page (E34)."""

from datetime import timedelta

import pytest
import time_machine

from participants.models import Reopening
from participants.verbs.calls import close_call
from participants.verbs.reopenings import grant_reopening, refuse_reopening
from tests.participants.conftest import BEFORE, DEADLINE
from tests.participants.portal.test_nominations import said

pytestmark = pytest.mark.django_db

AFTER = DEADLINE + timedelta(days=1)


@pytest.fixture
def late(nominate_url):
    """The page after the deadline."""
    with time_machine.travel(AFTER, tick=False):
        yield nominate_url


def test_more_time_is_asked_for_once_and_the_page_says_how_it_stands(client, late):
    page = client.get(late)
    assert "The deadline has passed; this call takes no nominations now." in page.text
    assert f'href="{late}more-time/"' in page.text
    assert client.get(f"{late}more-time/").status_code == 200
    response = client.post(f"{late}more-time/", {"reason": "The ministry moved."}, follow=True)
    assert response.redirect_chain == [(late, 302)]
    assert "More time was asked for on 22 March 2014; the secretariat has not answered yet." in response.text
    assert f'href="{late}more-time/"' not in response.text
    again = client.post(f"{late}more-time/", {"reason": "Again"})
    assert again.status_code == 422
    assert "The Party has asked already" in again.text
    assert Reopening.objects.get().reason == "The ministry moved."


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_a_reason_is_needed_and_has_an_end(client, late, reason):
    response = client.post(f"{late}more-time/", {"reason": reason})
    assert response.status_code == 422
    assert 'id="id_reason_error"' in response.text
    assert not Reopening.objects.exists()


def test_time_that_was_granted_opens_the_page_and_marks_what_comes_late_e34(client, late, organizer):
    client.post(f"{late}more-time/", {"reason": "The ministry moved."})
    grant_reopening(Reopening.objects.get(), AFTER + timedelta(days=3), note="Once.", by=organizer, at=AFTER)
    page = client.get(late)
    assert "granted on 22 March 2014, until Tuesday 25 March 2014, 16:00 (Asia/Amman). Once." in page.text
    assert "What you send is marked as late." in page.text
    response = client.post(f"{late}new/", said(), follow=True)
    assert "Late: it came on 22 March 2014; the deadline then in force was Friday 21 March 2014, 16:00" in response.text


def test_a_refusal_is_told_with_its_reason(client, late, organizer):
    client.post(f"{late}more-time/", {"reason": "The ministry moved."})
    refuse_reopening(Reopening.objects.get(), note="The list is full.", by=organizer, at=AFTER)
    page = client.get(late)
    assert "refused on 22 March 2014. The list is full." in page.text
    assert f'href="{late}more-time/"' in page.text


def test_an_open_call_needs_no_more_time(client, nominate_url):
    assert client.get(f"{nominate_url}more-time/").status_code == 302
    response = client.post(f"{nominate_url}more-time/", {"reason": "x"})
    assert response.status_code == 422
    assert "The Party can nominate now" in response.text


def test_once_decided_nothing_is_asked_for(client, nominate_url, selected, in_february):
    with time_machine.travel(DEADLINE + timedelta(days=20), tick=False):
        assert "more-time" not in client.get(nominate_url).text
        assert client.post(f"{nominate_url}more-time/", {"reason": "x"}).status_code == 422


def test_a_closed_call_says_so_before_its_deadline(client, nominate_url, call, organizer):
    close_call(call, by=organizer, at=BEFORE)
    assert "This call was closed; it takes no nominations now." in client.get(nominate_url).text


def test_a_call_that_takes_late_nominations_says_so_e34(client, late, call):
    type(call).objects.update(late_policy="mark")
    page = client.get(late)
    assert "What you send now is taken and marked as late." in page.text
    assert "Nominations sent after the deadline are taken and marked as late." in page.text
    assert "Late: it came on 22 March 2014" in client.post(f"{late}new/", said(), follow=True).text


def test_another_party_has_no_part_in_it(client, lebanons_url, late):
    client.post(f"{late}more-time/", {"reason": "The ministry moved."})
    assert "More time was asked for" not in client.get(lebanons_url).text
