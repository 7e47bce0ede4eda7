"""A Party's page for its national targets."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from accounts.actors import Actor
from participants.portal.links import address
from participants.verbs.links import issue_link
from targets.models import Submission
from targets.verbs.submissions import AreaDraft, ItemDraft, return_submission, submit_targets
from tests import builders

pytestmark = pytest.mark.django_db

OPENED = datetime(2014, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def jordan(db):
    return builders.party()


@pytest.fixture
def workshop(jordan):
    made = builders.workshop(parties=(jordan,))
    made.programme.targets.add(builders.target(), builders.target("aichi-5", 5))
    return made


@pytest.fixture
def focal_point(jordan):
    return builders.focal_point(jordan)


@pytest.fixture
def by(focal_point):
    return Actor(label=focal_point.person.name, person_id=focal_point.person_id)


@pytest.fixture
def url(workshop, jordan, focal_point):
    with time_machine.travel(OPENED, tick=False):
        expires = OPENED + timedelta(days=90)
        link = issue_link(focal_point.person, "targets", at=OPENED, expires_at=expires, workshop=workshop, party=jordan)
        yield address(link)


def rows(*filled, total=5, **extra):
    sent = {"items-TOTAL_FORMS": str(total), "items-INITIAL_FORMS": "0", **extra}
    for place, row in enumerate(filled):
        sent |= {f"items-{place}-{name}": value for name, value in row.items()}
    return sent


RESTORE = {
    "title": "Restore degraded rangeland",
    "measure": "restore",
    "as_written": "882.86 km2",
    "unit": "km2",
    "basis": "degraded rangeland",
    "year": "2020",
    "global_targets": ["aichi-15", "aichi-5"],
}


def test_the_page_starts_with_five_empty_rows(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert "National targets of Jordan" in response.text
    assert response.text.count('<fieldset class="item">') == 5
    assert "no-store" in response["Cache-Control"]


def test_filled_rows_become_a_version_and_empty_ones_nothing(client, url):
    response = client.post(url, rows(RESTORE, {}, {"title": "Keep forests", "measure": "maintain"}), follow=True)
    assert response.redirect_chain == [(url, 302)]
    assert "Version 1 received with 2 targets." in response.text
    first, second = Submission.objects.get().items.all()
    assert (first.hectares, first.due_on, first.basis) == (Decimal(88286), date(2020, 12, 31), "degraded rangeland")
    assert {target.code for target in first.global_targets.all()} == {"aichi-5", "aichi-15"}
    assert (second.title, second.value) == ("Keep forests", None)


def test_five_more_rows_keep_what_was_written_and_save_nothing(client, url):
    half = {"title": "Half a target", "year": "not yet", "global_targets": ["aichi-5"]}
    response = client.post(url, rows(half, more="1", note="To be continued"))
    assert response.status_code == 200
    assert response.text.count('<fieldset class="item">') == 10
    for kept in ("Half a target", "not yet", "To be continued"):
        assert kept in response.text
    assert 'role="alert"' not in response.text
    assert not Submission.objects.exists()


def test_the_next_version_starts_from_the_last_and_keeps_what_the_page_does_not_show(
    client, url, workshop, jordan, by, organizer
):
    item = ItemDraft(
        title="Restore wetlands",
        measure="restore",
        unit="ha",
        value=Decimal(120),
        start_value=Decimal(20),
        due_on=date(2018, 6, 30),
        areas=(AreaDraft("Azraq"),),
    )
    sent = submit_targets(workshop.programme, jordan, items=[item], by=by, at=OPENED)
    return_submission(sent, reason="Which wetlands?", by=organizer, at=OPENED)
    page = client.get(url)
    assert "Which wetlands?" in page.text
    assert 'value="Restore wetlands"' in page.text
    origin = str(sent.items.get().pk)
    row = {"title": "Restore the Azraq wetlands", "measure": "restore", "unit": "ha", "year": "2018", "origin": origin}
    client.post(url, rows(row, {"origin": origin}))
    again = Submission.objects.get(version=2).items.get()
    assert (again.title, again.value, again.start_value) == ("Restore the Azraq wetlands", Decimal(120), Decimal(20))
    assert (again.due_on, again.areas.get().name) == (date(2018, 6, 30), "Azraq")


def test_a_row_of_another_party_gives_nothing_away(client, url, workshop, organizer):
    lebanon = builders.party("LBN", "Lebanon")
    workshop.programme.coverages.create(party=lebanon, workshop=workshop)
    theirs = ItemDraft(title="Cedars", measure="protect", unit="ha", value=Decimal(9), areas=(AreaDraft("Barouk"),))
    sent = submit_targets(workshop.programme, lebanon, items=[theirs], by=organizer, at=OPENED)
    assert "Cedars" not in client.get(url).text
    client.post(url, rows({"title": "Ours", "measure": "protect", "unit": "ha", "origin": str(sent.items.get().pk)}))
    ours = Submission.objects.get(party="JOR").items.get()
    assert (ours.value, ours.areas.count()) == (None, 0)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"measure": "restore"}, "title"),
        ({"title": "x"}, "measure"),
        ({"title": "x", "measure": "wish"}, "measure"),
        ({"title": "x" * 301, "measure": "restore"}, "title"),
        ({"title": "x", "measure": "restore", "year": "soon"}, "year"),
        ({"title": "x", "measure": "restore", "year": "99999999999999999999"}, "year"),
        ({"title": "x", "measure": "restore", "unit": "smoots", "as_written": "3 smoots"}, "unit"),
    ],
)
def test_a_bad_row_is_said_beside_its_field_and_on_top(client, url, row, field):
    response = client.post(url, rows({}, row))
    assert response.status_code == 422
    assert f'href="#id_items-1-{field}"' in response.text
    assert f'id="id_items-1-{field}_error"' in response.text
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        rows(),
        {"items-TOTAL_FORMS": "x", "items-INITIAL_FORMS": "0"},
        rows(total=100_000),
        rows(total=-1),
        rows({"title": "x", "measure": "restore", "global_targets": ["kmgbf-2"]}),
        rows(RESTORE, note="x" * 3000),
    ],
)
def test_unusable_tables_are_refused_on_top(client, url, sent):
    response = client.post(url, sent)
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert not Submission.objects.exists()


@pytest.mark.parametrize("total", ["", "x", "-1", "9" * 40, "²"])
def test_asking_for_more_rows_never_fails(client, url, total):
    response = client.post(url, {"items-TOTAL_FORMS": total, "more": "1"})
    assert response.status_code == 200


def test_a_focal_point_whose_mandate_ended_is_told(client, url, focal_point):
    focal_point.valid_to = date(2014, 6, 1)
    focal_point.save()
    response = client.post(url, rows(RESTORE))
    assert response.status_code == 422
    assert "who stands on this day" in response.text


def test_an_expired_link_says_what_to_do(client, url):
    with time_machine.travel(OPENED + timedelta(days=91), tick=False):
        response = client.get(url)
    assert response.status_code == 410
    assert "This link has expired." in response.text
    assert "Jordan" not in response.text


def test_the_page_takes_the_same_queries_for_one_and_three_targets(
    client, url, workshop, jordan, by, django_assert_num_queries
):
    drafts = [
        ItemDraft(title=f"Target {number}", measure="restore", global_targets=("aichi-5",)) for number in range(3)
    ]
    submit_targets(workshop.programme, jordan, items=drafts[:1], by=by, at=OPENED)
    with django_assert_num_queries(8):
        client.get(url)
    submit_targets(workshop.programme, jordan, items=drafts, by=by, at=OPENED)
    with django_assert_num_queries(8):
        client.get(url)
