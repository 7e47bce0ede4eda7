"""The order of a Party's experts, changed on the page."""

from uuid import uuid4

import pytest

from participants.models import Nomination
from tests.participants.portal.test_nominations import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(call, jordan, jordanian) -> list[Nomination]:
    return [put(call, jordan, jordanian, number) for number in (1, 2)]


def ranks() -> list[str]:
    return list(Nomination.objects.order_by("rank").values_list("person__name", flat=True))


def test_one_step_up_and_down_again(client, nominate_url, two):
    seen = [str(each.pk) for each in two]
    page = client.get(nominate_url)
    assert page.text.count('name="up"') == page.text.count('name="down"') == 1
    response = client.post(f"{nominate_url}order/", {"seen": seen, "up": seen[1]}, follow=True)
    assert response.redirect_chain == [(f"{nominate_url}#nomination-{seen[1]}", 302)]
    assert "The order was changed." in response.text
    assert ranks() == ["Nominee 2", "Nominee 1"]
    client.post(f"{nominate_url}order/", {"seen": seen[::-1], "down": seen[1]})
    assert ranks() == ["Nominee 1", "Nominee 2"]


def test_a_list_that_changed_meanwhile_is_not_ordered(client, nominate_url, two):
    one = str(two[0].pk)
    response = client.post(f"{nominate_url}order/", {"seen": [one], "up": one}, follow=True)
    assert "The list has changed meanwhile" in response.text
    assert ranks() == ["Nominee 1", "Nominee 2"]


@pytest.mark.parametrize("sent", [{}, {"up": "x"}, {"seen": ["x"], "up": "x"}, {"seen": [str(uuid4())], "down": "y"}])
def test_nonsense_changes_nothing(client, nominate_url, two, sent):
    assert client.post(f"{nominate_url}order/", sent).status_code == 302
    assert ranks() == ["Nominee 1", "Nominee 2"]


def test_the_first_of_the_list_stays_first(client, nominate_url, two):
    seen = [str(each.pk) for each in two]
    client.post(f"{nominate_url}order/", {"seen": seen, "up": seen[0]})
    assert ranks() == ["Nominee 1", "Nominee 2"]


def test_another_party_orders_nothing(client, lebanons_url, two):
    seen = [str(each.pk) for each in two]
    client.post(f"{lebanons_url}order/", {"seen": seen, "up": seen[1]})
    assert ranks() == ["Nominee 1", "Nominee 2"]


def test_who_may_not_speak_for_every_track_is_offered_no_order(client, fao_url, two):
    assert 'name="up"' not in client.get(fao_url).text
    seen = [str(each.pk) for each in two]
    client.post(f"{fao_url}order/", {"seen": seen, "up": seen[1]})
    assert ranks() == ["Nominee 1", "Nominee 2"]


def test_the_order_takes_a_form(client, nominate_url):
    assert client.get(f"{nominate_url}order/").status_code == 405
