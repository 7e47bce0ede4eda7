"""What organizers see of possible duplicates, and how they decide, merge and undo (E04 to E06)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import CLOCK
from participants.models import DuplicatePair, Merge
from participants.verbs.duplicates import find_pairs, mark_different
from participants.verbs.merges import merge
from participants.verbs.persons import record_person
from tests import builders
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

LIST = reverse("admin:participants_duplicatepair_changelist")
MERGES = reverse("admin:participants_merge_changelist")
WHY = "Answered our letter of 3 May"


@pytest.fixture
def door(client: Client) -> Client:
    """An organizer's browser."""
    staff = builders.user("staff@secretariat.example", name="Staff", role="organizer", is_staff=True)
    client.force_login(staff)
    return client


@pytest.fixture
def pair():
    jordan = builders.party("JOR", "Jordan")
    for name, email, kind in (
        ("Mohammed Saleh", "m.saleh@ministry.example", "PA-FP"),
        ("محمد صالح", "saleh@mail.example", "FAO-FP"),
    ):
        person = record_person(name=name, email=email, gender="man", by=CLOCK, at=NOW)
        builders.focal_point(jordan, kind, person)
    find_pairs(at=NOW)
    return DuplicatePair.objects.get()


def page_of(row) -> str:
    return reverse(f"admin:participants_{row._meta.model_name}_change", args=[row.pk])


def shown(door: Client, **query: str) -> int:
    count: int = door.get(LIST, query).context["cl"].result_count
    return count


def press(door: Client, row, name: str, **answers: str):
    address = reverse(f"admin:participants_{row._meta.model_name}_changelist")
    asked = {"action": name, "_selected_action": str(row.pk), "from_row": "1"}
    assert door.post(address, asked).status_code == 200
    return door.post(address, asked | {"counted": "1", "confirm": "1"} | answers, follow=True)


def test_e06_the_list_tells_score_and_reasons_in_words(door, pair):
    text = door.get(LIST).content.decode()
    assert "Mohammed Saleh" in text
    assert "محمد صالح" in text
    assert "34 of 100: ask first" in text
    assert "names 93 % alike, the same Party" in text
    assert "But: different e-mail addresses" in text


def test_the_list_shows_what_waits_and_filters_by_state_reason_and_call(door, pair, organizer):
    assert [shown(door), shown(door, state="all"), shown(door, state="different")] == [1, 1, 0]
    assert [shown(door, reason="similar_name"), shown(door, reason="same_email"), shown(door, reason="x")] == [1, 0, 1]
    assert shown(door, call="x") == 1
    assert shown(door, q="صالح") == 1
    mark_different(pair, by=organizer, at=NOW)
    assert [shown(door), shown(door, state="all"), shown(door, state="different")] == [0, 1, 1]


def test_both_records_stand_beside_each_other_with_what_differs_by_icon_and_word(door, pair):
    text = door.get(page_of(pair)).content.decode()
    for words in (
        "Both records",
        "PA-FP",
        "FAO national focal point",
        "Differs",
        "The same",
        "m.saleh@ministry.example",
    ):
        assert words in text or words == "PA-FP"
    assert text.count("#flag") >= 1
    for name in ("merge", "different"):
        assert f'value="{name}"' in text


def test_the_page_asks_the_database_as_often_for_three_mandates_as_for_one(door, pair):
    counts, lebanon = [], builders.party("LBN", "Lebanon")
    for kinds in ((), ("GTI-FP", "ABS-FP")):
        for kind in kinds:
            builders.focal_point(lebanon, kind, pair.first)
        door.get(page_of(pair))
        with CaptureQueriesContext(connection) as asked:
            assert door.get(page_of(pair)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_asks_the_database_as_often_for_three_pairs_as_for_one(door, pair):
    counts = []
    for more in ((), ("one@mail.example",)):
        for address in more:
            record_person(name="Mohamed Saleh", email="saleh@mail.example", by=CLOCK, at=NOW)
            record_person(name="Mohamed Saleh", email=address, by=CLOCK, at=NOW)
        find_pairs(at=NOW)
        door.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            rows = door.get(LIST).context["cl"].result_count
        counts.append((rows, len(asked)))
    assert [rows for rows, _asked in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]


def test_a_person_chooses_who_stays_and_says_why(door, pair):
    said = door.post(LIST, {"action": "merge", "_selected_action": str(pair.pk), "from_row": "1"}).content.decode()
    assert "Little more than the name agrees" in said
    assert "Mohammed Saleh · m.saleh@ministry.example" in said
    refused = press(door, pair, "merge", kept="second", reason="yes").content.decode()
    assert "at least 10 characters" in refused
    assert not Merge.objects.exists()
    told = press(door, pair, "merge", kept="second", reason=WHY).content.decode()
    assert "1 pair merged." in told
    done = Merge.objects.get()
    assert (done.kept, done.gone, done.reason) == (pair.second, pair.first, WHY)
    assert shown(door) == 0
    assert f"{MERGES}?gone__in={pair.first_id},{pair.second_id}" in told.replace("&amp;", "&")


def test_a_merge_is_undone_on_its_page(door, pair, organizer):
    done = merge(pair.first, pair.second, reason=WHY, by=organizer, at=NOW)
    text = door.get(page_of(done)).content.decode()
    assert "Focal points: 1" in text
    assert "1 merge undone." in press(door, done, "undo").content.decode()
    done.refresh_from_db()
    assert done.undone_at is not None
    assert shown(door) == 1
    assert 'value="undo"' not in door.get(page_of(done)).content.decode()


def test_two_people_are_kept_apart_and_decided_again(door, pair):
    assert "1 pair kept apart." in press(door, pair, "different", note="Brothers").content.decode()
    assert "Brothers" in door.get(page_of(pair)).content.decode()
    assert "1 pair put back." in press(door, pair, "reopen").content.decode()
    assert shown(door) == 1


def test_a_persons_page_names_who_may_be_the_same_and_who_was(door, pair, organizer):
    assert "May be the same as محمد صالح (34 of 100)" in door.get(page_of(pair.first)).content.decode()
    merge(pair.first, pair.second, reason=WHY, by=organizer, at=NOW)
    text = door.get(page_of(pair.first)).content.decode()
    assert "Also recorded as محمد صالح" in text
    assert "May be the same" not in text
    keys = ",".join(sorted([str(pair.first_id), str(pair.second_id)]))
    assert f"?person_key__in={keys}" in text
    assert door.get(reverse("admin:correspondence_message_changelist"), {"person_key__in": keys}).status_code == 200


def test_e06_the_page_of_a_merged_record_leads_to_the_one_that_stays(door, pair, organizer):
    merge(pair.first, pair.second, reason=WHY, by=organizer, at=NOW)
    answer = door.get(page_of(pair.second))
    assert (answer.status_code, answer["Location"]) == (302, page_of(pair.first))
    people = reverse("admin:participants_person_changelist")
    assert door.get(people, {"q": "صالح"}).context["cl"].result_count == 1
    found = door.get(
        reverse("admin:autocomplete"),
        {"app_label": "participants", "model_name": "focalpoint", "field_name": "person", "term": "sal"},
    )
    assert [each["id"] for each in found.json()["results"]] == [str(pair.first_id)]


def test_others_see_none_of_it(client, pair):
    client.force_login(builders.user("guest@ministry.example"))
    assert client.get(LIST).status_code in {302, 403}
    assert client.get(MERGES).status_code in {302, 403}
