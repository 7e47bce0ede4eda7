"""The decision as a paper and as a workbook."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from page import ValidationProfile, validate_pdf_bytes
from pypdf import PdfReader

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from participants.models import Criterion, Selection
from participants.queries.selection_papers import paper_of
from participants.verbs.selection_papers import PaperFormat, print_selection
from tests import builders
from tests.participants.decisions import DECIDED, Decision, decision, groups, member, money, samoa, union

pytestmark = pytest.mark.django_db

PDF, XLSX = PaperFormat.PDF, PaperFormat.XLSX
LEVELS = [
    {"name": "parties", "value": 3, "bound": 3, "proven": True},
    {"name": "cost", "value": -3100, "bound": -3100, "proven": True},
    {"name": "ties", "value": 998877, "bound": 998899, "proven": False},
]


@pytest.fixture
def made() -> Decision:
    """A computed proposal: three for Parties, one expert of a centre, a reserve and one not selected."""
    groups()
    jordan = member(builders.party(), "un-group-asia-pacific")
    found = decision(jordan, samoa(), union(), digest="ab12" * 16, seats=4, levels=LEVELS)
    fund = money(found.workshop, builders.party("NOR", "Norway"), "LifeWeb")
    paid: dict[str, Any] = {"entry_payer": fund, "entry_score": 91}
    found.entry(jordan, person_name="Amal Haddad", person_gender="woman", entry_cost=Decimal(1500), **paid)
    found.entry(builders.party("WSM"), person_name="Анна 王小明", entry_cost=Decimal("1600.50"), **paid)
    found.entry(union(), person_name="José", entry_computed="reserve", entry_reason="Speaks for the Union.")
    found.entry(None, person_name="Expert of the Centre")
    found.entry(jordan, "reserve", person_name="محمد صالح", sector="planning")
    found.entry(builders.party("WSM"), "not-selected", person_name="Suharyanto")
    Criterion.objects.create(call=found.call, position=1, name={"en": "Relevant expertise"}, weight=3)
    found.selection.inputs = {
        "rooms": [{"key": "r", "seats": 4, "limit": 2, "own": 1, "women": 2, "sectors": {"forest": 1, "planning": 1}}],
        "donors": [
            {"key": str(fund.pk), "amount": 9000, "places": 5, "parties": ["WSM", "JOR"], "sectors": ["forest"]}
        ],
        "rules": {"women_share": 50, "sector_shares": {"forest": 25}, "priority_lists": ["ldc"], "currency": "USD"},
        "nominees": [{}, {}, {}],
    }
    found.selection.save()
    return found


def printed(made: Decision, organizer: Actor, form=PDF, language="en") -> bytes:
    data: bytes = print_selection(made.selection, form, language=language, by=organizer, at=DECIDED).data
    return data


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def sheet(data: bytes, name: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(data))[name].iter_rows()]


def test_the_paper_says_who_is_in_who_pays_and_why(made, organizer):
    text = text_of(printed(made, organizer))
    for part in (
        "Selection of participants Workshop for Western Asia 15–19 June 2014 · Amman, Jordan",
        "Proposal, not a decision",
        "2013-104 of 20 November 2013",
        "Proposed. Computed by the rules.",
        "1 April 2014 · First",
        "ab12" * 16,
        "3 people are selected for the 4 seats for Parties.",
        "2 countries are represented. The European Union is represented too; it is counted in no total of countries.",
        "Apart from these seats: 1 expert of an organization.",
        "Shares are of the 1 whose gender is stated; 2 not stated, of 3 people.",
        "UN regional groups, as on 20 November 2013",
        "Norway (LifeWeb) 2 3,100.5",
        "For 1 person selected for a Party no contribution pays.",
        "Speaks for the Union. Changed by an organizer; the rules came to “Reserve”.",
        "1,600.5 USD",
        "Not selected 1 person.",
        "at least 50 percent of the seats that can be filled, in people: 2",
        "Forest 25 percent and Planning, in people: 1",
        "Least developed countries",
        "Relevant expertise 3 5",
        "Norway (LifeWeb) 9,000 5 Jordan and Samoa; Forest",
        "Parties represented 3 3 yes",
        "Cost to the donors, as low as can be 3,100 3,100 yes",
        "Ties, by stable numbers – – no",
    ):
        assert part in text
    for name in ("Amal Haddad", "Анна 王小明", "José", "Expert of the Centre", "Suharyanto", "Reason ANNEX2-AMM-001"):
        assert name in text
    assert "998877" not in text


def test_a_checker_agrees_that_the_paper_is_for_screen_readers_and_archives(made, organizer):
    for language in ("en", "ar"):
        document = printed(made, organizer, language=language)
        for profile in (ValidationProfile.PDF_UA_1, ValidationProfile.PDF_A_2A):
            assert [str(each) for each in validate_pdf_bytes(document, profile=profile).failures] == []
        reader: Any = PdfReader(BytesIO(document))
        assert reader.root_object["/Lang"] == language
        assert reader.metadata.creation_date == datetime(2014, 4, 1, 9, 0, tzinfo=UTC)


def test_the_workbook_holds_the_same_and_its_columns_run_as_the_language_does(made, organizer):
    data = printed(made, organizer, XLSX)
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == [
        "About", "Balance", "Who pays", "Selected", "Selected, apart from the seats", "Reserves, in their order",
        "Not selected", "How the selection was made", "What the reviewers scored", "Budgets", "Levels", "Sectors by Party",
    ]  # fmt: skip
    assert not book["Balance"].sheet_view.rightToLeft
    balance = sheet(data, "Balance")
    assert balance[:5] == [
        ["What", "Value", "Selected", "Of", "Share", "Reserves"],
        ["Gender", "Woman", 1, 1, "100%", 0],
        ["Gender", "Man", 0, 1, "0%", 0],
        ["Gender", "Another", 0, 1, "0%", 0],
        ["Gender", "Shares are of the 1 whose gender is stated; 2 not stated, of 3 people.", None, None, None, None],
    ]
    assert sheet(data, "Who pays")[1:] == [["Norway (LifeWeb)", 2, 3100.5], ["All contributions", 2, 3100.5]]
    assert sheet(data, "Selected")[3] == [
        3, "Анна 王小明", "Samoa", "National biodiversity expert", "Forest", 91, 1600.5, "Norway (LifeWeb)",
        "Reason ANNEX2-AMM-002", "",
    ]  # fmt: skip
    assert sheet(data, "Sectors by Party")[1:] == [
        ["European Union", "–", "1 of 1", "–", "–"],
        ["Jordan", "–", "1 of 1", "–", "0 of 1"],
        ["Samoa", "–", "1 of 2", "–", "–"],
    ]
    arabic = load_workbook(BytesIO(printed(made, organizer, XLSX, "ar")))
    assert {page.sheet_view.rightToLeft for page in arabic.worksheets} == {True}


def test_a_selection_by_hand_says_that_nothing_was_computed(made, organizer):
    Selection.objects.filter(pk=made.selection.pk).update(
        inputs={}, levels=[], origin="hand", digest="", state="approved", decided_at=DECIDED, decided_label="Second"
    )
    text = text_of(printed(made, organizer))
    assert "Proposal, not a decision" not in text
    assert "Approved. Entered by hand." in text
    assert "1 April 2014 · Second" in text
    assert "None: the selection was entered by hand." in text
    assert "No budget was set: the selection planned no money." in text
    assert "The selection was entered by hand; no level was computed." in text


def test_a_rehearsals_paper_is_marked(made, organizer):
    programme = made.workshop.programme
    programme.rehearsal_of = builders.programme("real", code="REAL")
    programme.save()
    assert "Practice run. The people on this paper are synthetic" in text_of(printed(made, organizer))


def test_a_script_without_a_font_keeps_nobody_from_the_paper(made, organizer):
    made.entry(builders.party("WSM"), "not-selected", person_name="한국어")
    text = text_of(printed(made, organizer))
    assert "show as boxes. The workbook holds them." in text
    assert sheet(printed(made, organizer, XLSX), "Not selected")[2][1] == "한국어"


def test_what_people_wrote_is_shown_and_never_run(made, organizer):
    made.entry(builders.party("WSM"), "not-selected", person_name='#panic("no") =1+1')
    assert '#panic("no") =1+1' in text_of(printed(made, organizer))


def test_each_time_is_in_the_activity_log(made, organizer):
    paper = print_selection(made.selection, XLSX, language="fr", by=organizer, at=DECIDED)
    assert paper.name == "ANNEX2-AMM-selection-1.xlsx"
    entry = ActivityEntry.objects.get(verb="print_selection")
    assert (entry.subject_key, entry.changes) == (str(made.selection.pk), {"format": "xlsx", "language": "fr"})


def test_refusals(made, organizer):
    with pytest.raises(NotAllowed):
        print_selection(made.selection, PDF, by=Actor(label="Nobody"), at=DECIDED)
    with pytest.raises(Invalid) as unknown:
        print_selection(made.selection, PDF, language="xx", by=organizer, at=DECIDED)
    assert unknown.value.code == "language_unknown"
    empty = Selection.objects.create(call=made.call, number=2, state="computing", seats=4, proposed_at=DECIDED)
    with pytest.raises(Refused) as nothing:
        print_selection(empty, PDF, by=organizer, at=DECIDED)
    assert nothing.value.code == "nothing_decided"
    assert not ActivityEntry.objects.filter(verb="print_selection").exists()


@pytest.mark.parametrize("more", [0, 2])
def test_queries_do_not_grow_with_the_people(made, more, django_assert_num_queries):
    for number in range(more):
        made.entry(builders.party(f"XX{'AB'[number]}", "Land"), "not-selected")
    rows = Selection.objects.select_related(
        "call__workshop__programme", "call__workshop__host", "proposed_by", "decided_by"
    )
    selection = rows.get(pk=made.selection.pk)
    with django_assert_num_queries(9):
        assert len(paper_of(selection, "en").lists[3].people) == more + 1
