"""The notification of a call: the convention's own structure, in the language of each focal point."""

from datetime import date

import pytest
from django.utils.translation import override

from correspondence.enclosures import sheet
from correspondence.models import Message
from participants.models import FocalPoint
from participants.queries.notifications import facts_of_call, funding, web_address
from participants.verbs import calls
from participants.verbs.calls import open_call
from participants.verbs.terms import CallTerms
from tests import builders
from tests.participants.conftest import DEADLINE
from workshops.models import Contribution, Mandate, Region

TERMS = CallTerms(
    file_reference="SCBD/ABS/SBG/ET/ab/83361",
    thematic_areas={"en": "Ecosystem restoration"},
    planning_signatures="both",
    funded_seats=2,
    funded_lists=("ldc",),
)


@pytest.fixture
def told(workshop, of_lebanon, organizer, now):
    """The letter to Lebanon's focal point, in English."""
    for code, name, fund in (("JPN", "Japan", "Japan Biodiversity Fund"), ("CAN", "Canada", "")):
        donor = builders.party(code, name)
        Contribution.objects.create(programme=workshop.programme, donor=donor, fund=fund, kind="cash")
    Contribution.objects.create(programme=workshop.programme, donor=builders.party("NOR", "Norway"), kind="in-kind")
    elsewhere = builders.workshop("suva-2013", reference="ANNEX2-SUV")
    korea = builders.party("KOR", "Republic of Korea")
    Contribution.objects.create(
        programme=workshop.programme, donor=korea, kind="cash", earmark_workshop=elsewhere, description="Suva"
    )
    Mandate.objects.create(programme=workshop.programme, decision=builders.decision("XI/24", 11, 24), paragraph="10")
    Mandate.objects.create(programme=workshop.programme, decision=builders.decision(), paragraph="5")
    open_call(
        workshop,
        deadline_at=DEADLINE,
        deadline_zone="Asia/Amman",
        seats_per_party=3,
        terms=TERMS,
        by=organizer,
        at=now,
    )
    return Message.objects.get(to_address="samir@ministry.example")


def test_the_body_has_the_order_of_the_conventions_own(told):
    assert told.body == (
        "Notification: ANNEX2-AMM-001\n"
        "Reference: SCBD/ABS/SBG/ET/ab/83361\n"
        "Date: 6 January 2014\n"
        "\n"
        "Dear Madam or Sir,\n"
        "\n"
        "The Secretariat has the pleasure of announcing the Workshop for Western Asia, to be held in Amman, Jordan, "
        "15–19 June 2014, as part of the programme “Capacity-building workshops”.\n"
        "\n"
        "The Secretariat is grateful to the Government of Jordan for hosting the workshop.\n"
        "Financial support has generously been provided by: Canada and Japan (Japan Biodiversity Fund).\n"
        "\n"
        "Working languages of the workshop: English and Arabic.\n"
        "\n"
        "Documents and information on logistics will be made available at: http://127.0.0.1:8000/workshops/amman-2014/\n"
        "\n"
        "The workshop is convened in response to decision XI/16, paragraph 5 and decision XI/24, paragraph 10.\n"
        "\n"
        "Objective: Support Aichi targets 5, 11 and 15.\n"
        "\n"
        "The Government of Lebanon is invited to nominate experts with the profiles below. Experts finally selected for each "
        "Party: up to 3.\n"
        "\n"
        "– national biodiversity experts, for example the coordinator of the national biodiversity strategy and action plan or "
        "the focal point for protected areas, nominated by the CBD national focal point;\n"
        "– national experts in planning, agriculture or forests, nominated through the FAO and the CBD national focal points, "
        "both of whom sign;\n"
        "– where possible from these sectors: conservation, forests, agriculture and planning.\n"
        "\n"
        "Each nomination must hold:\n"
        "\n"
        "– an official letter to the Executive Secretary, signed by the national focal point or another senior official;\n"
        "– the completed nomination form;\n"
        "– a curriculum vitae that states the areas of expertise;\n"
        "– full contact details with an e-mail address.\n"
        "\n"
        "Nominations are to be submitted through the following personal link no later than Friday 21 March 2014, 16:00 (time "
        "zone Asia/Amman):\n"
        "\n"
        "{link}\n"
        "\n"
        "This link is meant for you alone; please do not pass it on.\n"
        "\n"
        "Participants will be selected on the basis of relevant expertise and experience, gender balance, equitable "
        "geographical representation and earlier work under the Convention.\n"
        "\n"
        "Subject to the availability of funds, the Secretariat can finance the participation of 2 experts of each eligible "
        "Party: Least developed countries.\n"
        "\n"
        "Please accept the assurances of our highest consideration.\n"
        "\n"
        "For the Executive Secretary\n"
        "The Secretariat\n"
        "\n"
        "To: Samir Khoury, national focal point of Lebanon\n"
        "Action required by: Friday 21 March 2014, 16:00 (time zone Asia/Amman)\n"
        "Thematic areas: Ecosystem restoration\n"
    )


def test_head_and_foot_stand_in_the_printed_letter_where_they_belong(told):
    printed = sheet(told)
    assert printed.particulars == (
        "Notification: ANNEX2-AMM-001",
        "Reference: SCBD/ABS/SBG/ET/ab/83361",
        "Date: 6 January 2014",
    )
    assert (printed.reference, printed.addressee) == ("ANNEX2-AMM-001", "Samir Khoury")
    assert printed.body[0].lines == ("Dear Madam or Sir,",)
    assert printed.signature == ("For the Executive Secretary", "The Secretariat")
    assert [line.partition(":")[0] for line in printed.foot] == ["To", "Action required by", "Thematic areas"]


def test_what_is_not_known_is_left_out(call):
    body = Message.objects.get(to_address="samir@ministry.example").body
    assert "convened in response" not in body
    assert "Financial support" not in body
    assert "can finance" not in body
    assert "Thematic areas" not in body
    assert "Reference:" not in body


def test_the_language_is_the_mandates_then_the_persons_then_the_partys(workshop, cbd, of_lebanon, organizer, now):
    of_lebanon.language = "fr"
    of_lebanon.save()
    open_call(workshop, deadline_at=DEADLINE, deadline_zone="UTC", seats_per_party=2, by=organizer, at=now)
    assert dict(Message.objects.values_list("to_address", "language")) == {
        "rana@ministry.example": "ar",
        "samir@ministry.example": "fr",
    }


def test_names_follow_the_language_of_the_letter_not_of_the_reader(call, now):
    with override("ru"):
        facts = facts_of_call(call, "call-notification", "fr", now.date())
    assert facts["languages"] == "anglais et arabe"


def test_a_call_has_its_own_words_for_criteria_and_funding(call, now):
    call.criteria, call.funding = {"en": "Experience in drylands."}, {"en": "The Fund pays two."}
    facts = facts_of_call(call, "call-notification", "en", now.date())
    assert (facts["criteria"], facts["funding"]) == ("Experience in drylands.", "The Fund pays two.")


@pytest.mark.parametrize(
    ("seats", "lists", "said"),
    [
        (0, ["ldc"], ""),
        (
            1,
            [],
            "Subject to the availability of funds, the Secretariat can finance the participation of 1 expert of each Party.",
        ),
        (
            2,
            ["ldc", "un-group-africa"],
            (
                "Subject to the availability of funds, the Secretariat can finance the participation of 2 experts of each "
                "eligible Party: Least developed countries and African States."
            ),
        ),
    ],
)
def test_who_is_financed_is_said_from_the_terms(seats, lists, said, call):
    Region.objects.create(slug="un-group-africa", of_list="un-group", name={"en": "African States"})
    call.funded_seats, call.funded_lists = seats, lists
    assert funding(call, "en") == said


def test_the_address_told_is_the_page_never_the_room(workshop):
    assert web_address(workshop) == "http://127.0.0.1:8000/workshops/amman-2014/"
    workshop.web_address = "https://www.cbd.example/amman"
    assert web_address(workshop) == "https://www.cbd.example/amman"
    workshop.online = True
    assert web_address(workshop) == "http://127.0.0.1:8000/workshops/amman-2014/"


def test_what_all_readers_of_a_language_are_told_is_worked_out_once(workshop, organizer, now, monkeypatch):
    asked: list[str] = []

    def counted(*args: object) -> object:
        asked.append(str(args[2]))
        return facts_of_call(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(calls, "facts_of_call", counted)
    for number in range(6):
        who = builders.person(f"Focal Point {number}", f"f{number}@ministry.example", language=("en", "fr")[number % 2])
        FocalPoint.objects.create(
            party_id=("JOR", "LBN")[number % 2], person=who, kind="CBD-FP1", valid_from=date(2010, 1, 1)
        )
    open_call(workshop, deadline_at=DEADLINE, deadline_zone="UTC", seats_per_party=2, by=organizer, at=now)
    assert (sorted(asked), Message.objects.count()) == (["en", "fr"], 6)
