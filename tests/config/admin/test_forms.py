"""Plain data that organizers type: what a form checks, what a verb refuses, and what the activity log keeps."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import ActivityEntry, User
from correspondence.models import StoredFile
from participants.models import FocalPoint, Organization, Person
from targets.models import Compilation
from tests import builders
from workshops.models import Contribution, HostOffer, Material, Party, Session, Workshop

PDF = b"%PDF-1.7\n%synthetic\n"


@pytest.fixture
def workshop(db: None) -> Workshop:
    return builders.workshop(parties=(builders.party("LBN", "Lebanon"),))


def post(door: Client, noun: str, data: Mapping[str, object], row: Any = None) -> str:
    """Send a form; return "" when it was taken, else the page with its errors."""
    page = "change" if row is not None else "add"
    args = [row.pk] if row is not None else []
    got = door.post(reverse(f"admin:{noun}_{page}", args=args), data)
    return "" if got.status_code == 302 else got.content.decode()


def workshop_data(workshop: Workshop, **changes: object) -> dict[str, object]:
    return {
        "programme": str(workshop.programme_id),
        "slug": "beirut-2014",
        "reference": "ANNEX2-BEI",
        "title_en": "Workshop in Beirut",
        "title_fr": "Atelier de Beyrouth",
        "host": "LBN",
        "city": "Beirut",
        "zone": "Asia/Beirut",
        "starts_on": "2014-09-01",
        "ends_on": "2014-09-05",
        "opens_at": "08:30",
        "closes_at": "16:00",
        "languages": ["en", "fr"],
        "seats": "30",
    } | changes


def test_a_workshop_is_added_with_texts_languages_and_zone(door: Client, workshop: Workshop) -> None:
    assert post(door, "workshops_workshop", workshop_data(workshop)) == ""
    made = Workshop.objects.get(slug="beirut-2014")
    assert made.title == {"en": "Workshop in Beirut", "fr": "Atelier de Beyrouth"}
    assert (made.languages, made.zone, made.stage) == (["en", "fr"], "Asia/Beirut", "planned")
    assert (made.ends_on, made.opens_at, made.closes_at) == (date(2014, 9, 5), time(8, 30), time(16, 0))
    entry = ActivityEntry.objects.get(verb="added")
    assert (entry.actor_label, entry.subject_kind, entry.subject_key) == ("Staff", "workshop", str(made.pk))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"ends_on": "2014-08-01"}, "This must not come before “First day”."),
        ({"closes_at": "08:30"}, "This must not come before “Opens each day at”."),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"title_en": "", "title_fr": ""}, "This field is required"),
        ({"seats": "0"}, "errorlist"),
        ({"languages": ["xx"]}, "Select a valid choice"),
        ({"slug": "amman-2014"}, "already exists"),
    ],
)
def test_a_workshop_that_makes_no_sense_comes_back(
    changes: dict[str, object], error: str, door: Client, workshop: Workshop
) -> None:
    assert error in post(door, "workshops_workshop", workshop_data(workshop, **changes))
    assert Workshop.objects.count() == 1


def test_a_stage_is_never_typed_and_a_used_reference_stays(door: Client, workshop: Workshop) -> None:
    Workshop.objects.update(last_number=3)
    assert post(door, "workshops_workshop", workshop_data(workshop, stage="held"), workshop) == ""
    workshop.refresh_from_db()
    assert (workshop.stage, workshop.reference, workshop.slug) == ("planned", "ANNEX2-AMM", "beirut-2014")
    assert workshop.starts_on == date(2014, 9, 1)


def test_days_that_people_were_told_are_not_typed_over(door: Client, workshop: Workshop) -> None:
    Workshop.objects.update(stage="called")
    assert post(door, "workshops_workshop", workshop_data(workshop, revision="7"), workshop) == ""
    workshop.refresh_from_db()
    assert (workshop.starts_on, workshop.ends_on, workshop.revision) == (date(2014, 6, 15), date(2014, 6, 19), 0)
    assert (workshop.city, workshop.opens_at) == ("Beirut", time(8, 30))


PERSON = {
    "name": "Thích Quảng Đức",
    "gender": "unknown",
    "email": "duc@ministry.example",
    "language": "",
    "sort_key": "",
}


def empty_formsets(*prefixes: str) -> dict[str, object]:
    return {f"{prefix}-{name}": "0" for prefix in prefixes for name in ("TOTAL_FORMS", "INITIAL_FORMS")}


def test_a_person_is_recorded_by_the_verb_and_found_in_any_spelling(door: Client) -> None:
    assert post(door, "participants_person", PERSON | empty_formsets("mandates", "nominations")) == ""
    person = Person.objects.get()
    assert person.search_text != ""
    assert [entry.verb for entry in ActivityEntry.objects.all()] == ["record_person"]
    assert list(
        door.get(reverse("admin:participants_person_changelist"), {"q": "QUẢNG"}).context["cl"].result_list
    ) == [person]
    assert list(
        door.get(reverse("admin:participants_person_changelist"), {"q": "duc@min"}).context["cl"].result_list
    ) == [person]


def test_a_refusal_of_a_verb_comes_back_beside_its_field(door: Client) -> None:
    page = post(
        door, "participants_person", PERSON | {"email": "not an address"} | empty_formsets("mandates", "nominations")
    )
    assert "“not an address” is no e-mail address; write it like name@ministry.example." in page
    assert 'value="Thích Quảng Đức"' in page
    assert not Person.objects.exists()


def test_a_changed_name_is_sorted_anew_and_logged_without_contents(door: Client, db: None) -> None:
    post(door, "participants_person", PERSON | empty_formsets("mandates", "nominations"))
    person = Person.objects.get()
    data = PERSON | {"name": "Zarmina", "sort_key": person.sort_key} | empty_formsets("mandates", "nominations")
    assert post(door, "participants_person", data, person) == ""
    person.refresh_from_db()
    assert (person.name, person.sort_key) == ("Zarmina", "Zarmina")
    assert ActivityEntry.objects.get(verb="change_person").changes == {"fields": ["name"]}


def test_a_mandate_is_designated_by_the_verb_once(door: Client, workshop: Workshop) -> None:
    person = builders.person()
    data = {"party": "LBN", "person": str(person.pk), "kind": "FAO-FP", "valid_from": "2014-01-01"}
    assert post(door, "participants_focalpoint", data) == ""
    assert FocalPoint.objects.get().kind == "FAO-FP"
    assert "unique" in post(door, "participants_focalpoint", data) or FocalPoint.objects.count() == 1


def test_a_compilation_of_some_parties_is_asked_for(door: Client, workshop: Workshop) -> None:
    data = {"programme": str(workshop.programme_id), "workshop": "", "parties": ["LBN"]}
    assert post(door, "targets_compilation", data) == ""
    made = Compilation.objects.get()
    assert (made.scope, [party.pk for party in made.parties.all()]) == ("parties", ["LBN"])
    both = data | {"workshop": str(workshop.pk)}
    assert "errorlist" in post(door, "targets_compilation", both)
    assert Compilation.objects.count() == 1


def test_a_sessions_times_are_those_of_its_venue(door: Client, workshop: Workshop) -> None:
    data = {
        "workshop": str(workshop.pk),
        "kind": "plenary",
        "title_en": "Opening",
        "starts_at": "2014-06-15T09:00",
        "ends_at": "2014-06-15T10:30",
    }
    assert post(door, "workshops_session", data) == ""
    session = Session.objects.get()
    assert session.starts_at == datetime(2014, 6, 15, 6, 0, tzinfo=UTC)
    page = door.get(reverse("admin:workshops_session_change", args=[session.pk])).content.decode()
    assert 'value="2014-06-15T09:00"' in page
    early = data | {"ends_at": "2014-06-15T08:00"}
    assert "This must not come before “Starts”." in post(door, "workshops_session", early, session)
    assert "errorlist" in post(door, "workshops_session", data | {"workshop": "no-such"})


def test_an_offer_moves_along_its_steps_alone(door: Client, workshop: Workshop) -> None:
    data = {
        "programme": str(workshop.programme_id),
        "party": "LBN",
        "city": "Beirut",
        "free_from": "2014-06-01",
        "free_to": "2014-07-01",
        "capacity": "40",
        "state": "offered",
    }
    assert post(door, "workshops_hostoffer", data) == ""
    offer = HostOffer.objects.get()
    assert "Name the workshop that goes to this host." in post(
        door, "workshops_hostoffer", data | {"state": "accepted"}, offer
    )
    accepted = data | {"state": "accepted", "workshop": str(workshop.pk)}
    assert post(door, "workshops_hostoffer", accepted, offer) == ""
    assert "An offer that is “Accepted” stays so." in post(door, "workshops_hostoffer", data, offer)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"amount": "10", "currency": ""}, "Give the currency by its three letters"),
        ({"amount": "10", "currency": "eur"}, "Give the currency by its three letters"),
        ({"amount": "-1", "currency": "EUR"}, "Give a sum above zero"),
        ({"amount": "", "currency": "EUR"}, "Give the sum, or leave out the currency."),
    ],
)
def test_a_contribution_has_sum_and_currency_or_neither(
    changes: dict[str, str], error: str, door: Client, workshop: Workshop
) -> None:
    data = {"programme": str(workshop.programme_id), "donor": "LBN", "kind": "cash"}
    assert error in post(door, "workshops_contribution", data | changes)
    assert post(door, "workshops_contribution", data | {"amount": "", "currency": ""}) == ""
    assert Contribution.objects.get().amount is None


def material_data(workshop: Workshop, **changes: object) -> dict[str, object]:
    data = {"programme": str(workshop.programme_id), "workshop": str(workshop.pk), "kind": "document"}
    return data | {"title": "Paper", "language": "en", "version": "1", "address": ""} | changes


def test_a_material_keeps_its_file_and_gives_it_back(door: Client, workshop: Workshop) -> None:
    upload = SimpleUploadedFile("pâper.pdf", PDF, content_type="text/html")
    assert post(door, "workshops_material", material_data(workshop, upload=upload)) == ""
    file = StoredFile.objects.get()
    assert Material.objects.get().file == file
    got = door.get(reverse("admin:correspondence_storedfile_download", args=[file.pk]))
    assert (got.content, got.headers["Content-Type"]) == (PDF, "application/pdf")
    assert got.headers["Content-Disposition"] == "attachment; filename*=utf-8''p%C3%A2per.pdf"
    assert got.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_is_for_organizers_alone(client: Client, door: Client, workshop: Workshop) -> None:
    upload = SimpleUploadedFile("paper.pdf", PDF)
    post(door, "workshops_material", material_data(workshop, upload=upload))
    address = reverse("admin:correspondence_storedfile_download", args=[StoredFile.objects.get().pk])
    client.force_login(builders.user("guest@ministry.example"))
    assert client.get(address).status_code == 302


def test_a_material_needs_content_and_takes_no_program(door: Client, workshop: Workshop) -> None:
    assert "Give a file or a web address." in post(door, "workshops_material", material_data(workshop))
    program = SimpleUploadedFile("paper.pdf", b"MZ\x90\x00 a program", content_type="application/pdf")
    assert "errorlist" in post(door, "workshops_material", material_data(workshop, upload=program))
    assert not StoredFile.objects.exists()


def test_a_new_name_of_a_party_is_found(door: Client, workshop: Workshop) -> None:
    party = Party.objects.get(pk="LBN")
    data = {
        "code": "LBN",
        "kind": "state",
        "name_en": "Lebanon",
        "name_ar": "لبنان",
        "language": "fr",
    }
    sets = {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0", "names-0-party": "LBN", "names-0-language": "en"}
    sets |= {"names-0-name": "Cedar Land", "names-0-valid_to": "1920-09-01"}
    assert post(door, "workshops_party", data | sets | empty_formsets("memberships"), party) == ""
    for word in ("cedar", "لبنان", "lbn"):
        found = door.get(reverse("admin:workshops_party_changelist"), {"q": word}).context["cl"].result_list
        assert [each.pk for each in found] == ["LBN"]


def test_history_leads_to_the_activity_log(door: Client, workshop: Workshop) -> None:
    ActivityEntry.objects.all().delete()
    post(door, "participants_organization", {"name": "Ministry", "kind": "government"})
    made = Organization.objects.get()
    page = door.get(reverse("admin:participants_organization_history", args=[made.pk]), follow=True).content.decode()
    assert "Staff added Ministry." in page


def test_a_role_of_the_log_is_read_only(door: Client, staff: User) -> None:
    entry = ActivityEntry.objects.create(
        at=datetime(2014, 1, 1, tzinfo=UTC), actor_label="x", verb="seed", subject_kind="programme", subject_key="1"
    )
    assert (
        door.post(reverse("admin:accounts_activityentry_change", args=[entry.pk]), {"verb": "other"}).status_code == 403
    )
    assert (
        door.post(reverse("admin:accounts_activityentry_delete", args=[entry.pk]), {"post": "yes"}).status_code == 403
    )


def test_leaf_data_is_deleted_after_a_page_that_names_it(door: Client, workshop: Workshop) -> None:
    builders.party("FRA", "France")
    data = {"programme": str(workshop.programme_id), "donor": "FRA", "kind": "in-kind", "amount": "", "currency": ""}
    post(door, "workshops_contribution", data)
    made = Contribution.objects.get()
    address = reverse("admin:workshops_contribution_delete", args=[made.pk])
    assert "Are you sure" in door.get(address).content.decode()
    door.post(address, {"post": "yes"})
    assert not Contribution.objects.exists()
    assert ActivityEntry.objects.filter(verb="deleted").count() == 1
    assert door.get(reverse("admin:workshops_workshop_delete", args=[workshop.pk])).status_code == 403
