"""An organizer takes the paper of a selection from its page."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import ActivityEntry
from participants.models import Selection
from tests import builders
from tests.participants.decisions import DECIDED, Decision, decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Decision:
    found = decision(builders.party())
    found.entry(builders.party(), person_name="Amal Haddad")
    return found


@pytest.fixture
def door(client: Client) -> Client:
    """An organizer's browser."""
    client.force_login(builders.user("staff@secretariat.example", name="Staff", role="organizer", is_staff=True))
    return client


def paper(selection: Selection, form: str) -> str:
    return reverse("admin:participants_selection_paper", args=[selection.pk, form])


def test_the_page_leads_to_both_files(made, door):
    page = door.get(reverse("admin:participants_selection_change", args=[made.selection.pk])).content.decode()
    assert f'href="{paper(made.selection, "pdf")}">Paper as PDF</a>' in page
    assert f'href="{paper(made.selection, "xlsx")}">Paper as workbook</a>' in page


def test_the_file_is_in_the_language_of_the_page_kept_nowhere_and_logged(made, door):
    door.cookies.load({"django_language": "ar"})
    answer = door.get(paper(made.selection, "xlsx"))
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="ANNEX2-AMM-selection-1.xlsx"'
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert load_workbook(BytesIO(answer.content)).worksheets[0].sheet_view.rightToLeft
    entry = ActivityEntry.objects.get(verb="print_selection")
    assert (entry.actor_label, entry.changes) == ("Staff", {"format": "xlsx", "language": "ar"})


def test_a_pdf_comes_as_one(made, door):
    answer = door.get(paper(made.selection, "pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_who_works_not_for_the_secretariat_gets_none(made, client):
    client.force_login(builders.user("guest@ministry.example"))
    assert client.get(paper(made.selection, "pdf")).status_code == 302
    assert not ActivityEntry.objects.filter(verb="print_selection").exists()


def test_there_is_no_other_form_and_no_paper_of_nothing(made, door):
    assert door.get(paper(made.selection, "docx")).status_code == 404
    empty = Selection.objects.create(call=made.call, number=2, state="computing", seats=4, proposed_at=DECIDED)
    answer = door.get(paper(empty, "pdf"), follow=True)
    assert "This selection names nobody yet; wait until it is proposed." in answer.content.decode()
