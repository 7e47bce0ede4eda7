"""The public page of a workshop."""

from datetime import UTC, date, datetime

import pytest

from correspondence.verbs.files import store_file
from tests import builders
from workshops.models import CurriculumItem, Expectation, Material, Output, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def amman(db):
    return builders.workshop(parties=(builders.party(), builders.party("LBN", "Lebanon")), stage="called")


def file(now, name="report.pdf"):
    return store_file(b"%PDF-1.4 report", name=name, purpose="material", media_type="application/pdf", at=now)


def test_it_says_what_when_where_and_for_whom(client, amman):
    text = client.get("/workshops/amman-2014/").text
    for said in (
        "Sunday 15 June 2014",
        "Thursday 19 June 2014",
        "Asia/Amman",
        "English, Arabic",
        "2 Parties",
        "Lebanon",
    ):
        assert said in text
    assert '<li class="now" aria-current="step">Call open</li>' in text
    assert "No results yet." in text


def test_a_cancelled_workshop_says_so_instead_of_its_stages(client, amman):
    amman.stage = "cancelled"
    amman.save()
    text = client.get("/workshops/amman-2014/").text
    assert 'class="stages"' not in text
    assert "Cancelled" in text


def test_sessions_stand_by_the_venues_own_day_and_hour(client, amman):
    item = CurriculumItem.objects.create(programme=amman.programme, code="C1", title={"en": "Overview"})
    Session.objects.create(
        workshop=amman,
        curriculum_item=item,
        title={"en": "Late session"},
        room="A",
        starts_at=datetime(2014, 6, 15, 21, 30, tzinfo=UTC),
        ends_at=datetime(2014, 6, 15, 23, 0, tzinfo=UTC),
    )
    text = client.get("/workshops/amman-2014/").text
    assert "<h3>Monday 16 June 2014</h3>" in text
    assert "00:30–02:00" in text


def test_published_materials_can_be_fetched_and_drafts_cannot(client, amman, organizer, now):
    values = {"programme": amman.programme, "workshop": amman, "kind": "document", "language": "en", "file": file(now)}
    published = Material.objects.create(title="Guide", published_on=date(2014, 5, 1), **values)
    draft = Material.objects.create(title="Draft guide", **values)
    text = client.get("/workshops/amman-2014/").text
    assert "Guide" in text
    assert "Draft guide" not in text
    response = client.get(f"/materials/{published.pk}/")
    assert b"".join(response.streaming_content) == b"%PDF-1.4 report"
    assert response["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert client.get(f"/materials/{draft.pk}/").status_code == 404
    client.force_login(organizer.user)
    assert client.get(f"/materials/{draft.pk}/").status_code == 200


def test_a_material_without_a_file_leads_to_its_address(client, amman):
    link = Material.objects.create(
        programme=amman.programme,
        workshop=amman,
        kind="link",
        title="Study",
        language="fr",
        address="https://study.example/",
        published_on=date(2014, 5, 1),
    )
    assert 'href="https://study.example/"' in client.get("/workshops/amman-2014/").text
    assert client.get(f"/materials/{link.pk}/").status_code == 404


def test_results_are_tied_to_what_was_expected(client, amman, now):
    expected = Expectation.objects.create(
        programme=amman.programme, kind="output", code="P3", text={"en": "Case studies"}
    )
    output = Output.objects.create(
        workshop=amman, expectation=expected, title="Wadi Ziqlab", file=file(now), recorded_on=date(2014, 7, 1)
    )
    text = client.get("/workshops/amman-2014/").text
    assert "P3 – <bdi>Case studies</bdi>" in text
    assert client.get(f"/outputs/{output.pk}/").status_code == 200


def test_the_page_takes_the_same_queries_for_one_and_three_of_each(client, amman, now, django_assert_num_queries):
    def add(number):
        Session.objects.create(
            workshop=amman,
            title={"en": f"Session {number}"},
            room=f"R{number}",
            starts_at=datetime(2014, 6, 15, 9, tzinfo=UTC),
            ends_at=datetime(2014, 6, 15, 10, tzinfo=UTC),
        )
        Material.objects.create(
            programme=amman.programme,
            workshop=amman,
            kind="document",
            title=f"Paper {number}",
            language="en",
            file=file(now, f"{number}.pdf"),
            published_on=date(2014, 5, 1),
        )

    add(1)
    with django_assert_num_queries(5):
        client.get("/workshops/amman-2014/")
    add(2)
    add(3)
    with django_assert_num_queries(5):
        client.get("/workshops/amman-2014/")
