"""A request to confirm focal points, on a phone with and without scripts, and the organizer's list of who is overdue."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tokens import derive
from participants.models import Campaign, CampaignEntry, PersonalLink
from participants.verbs.campaigns import open_campaign, remind_campaign
from tests import builders
from tests.e2e.conftest import DESKTOP, PHONE, press
from tests.participants.campaigns import PDF

pytestmark = pytest.mark.e2e


@pytest.fixture
def campaign(transactional_db, organizer) -> Campaign:
    """A request whose date passed yesterday, to Jordan's FAO focal point and about a gap of Lebanon."""
    now = timezone.now()
    jordan, lebanon = builders.party("JOR", "Jordan"), builders.party("LBN", "Lebanon")
    builders.focal_point(jordan, "FAO-FP", builders.person("Omar Haddad", "omar@agriculture.example", language="en"))
    builders.focal_point(lebanon, "CBD-FP1", builders.person("رنا العلي", "rana@ministry.example", language="en"))
    made = open_campaign(
        "Update of FAO focal points",
        ["FAO-FP"],
        due_at=now - timedelta(days=1),
        due_zone="Europe/Rome",
        note="Requested by the Commission.",
        by=organizer,
        at=now - timedelta(days=60),
    )
    remind_campaign(made, by=organizer, at=now - timedelta(days=7))
    return made


def link_of(campaign: Campaign, party: str, server) -> str:
    link = PersonalLink.objects.filter(campaign=campaign, party=party).latest("created_at")
    return f"{server.url}/my/confirm/{derive(link.pk)}/"


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_s038_a_focal_point_hands_over_on_a_phone(
    campaign, visit, clean, live_server, language, direction, scripts, tmp_path
):
    page = visit(link_of(campaign, "JOR", live_server), size=PHONE, language=language, scripts=scripts)
    assert page.locator("html").get_attribute("dir") == direction
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    if scripts:
        clean(page)
    press(page.locator("main a[href$='/successor/']"))
    press(page.locator("main form.form button"))  # nothing filled in: said beside each field
    assert page.locator("main .problem").count() >= 3
    if scripts:
        clean(page)
    letter = tmp_path / "designation.pdf"
    letter.write_bytes(PDF)
    page.fill("[name=name]", "Layla Saleh")
    page.fill("[name=email]", "layla@agriculture.example")
    page.fill("[name=valid_from]", timezone.now().date().isoformat())
    page.set_input_files("[name=letter]", str(letter))
    press(page.locator("main form.form button"))
    assert CampaignEntry.objects.get(party="JOR").answer == "proposed"
    assert "Layla Saleh" in page.inner_text("main")
    press(page.locator("main form[action$='/right/'] button"))
    assert CampaignEntry.objects.get(party="JOR").answer == "confirmed"


def test_everything_is_reached_by_keyboard(campaign, visit, live_server):
    page = visit(link_of(campaign, "JOR", live_server))
    for _step in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('form[action$=\"/right/\"] button')"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert CampaignEntry.objects.get(party="JOR").answer == "confirmed"


def test_e12_the_page_about_a_gap_is_clean(campaign, visit, clean, live_server):
    page = visit(link_of(campaign, "LBN", live_server), size=PHONE)
    assert "Nobody is on record for Lebanon" in page.inner_text("main")
    clean(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_organizers_pages_are_clean(campaign, admin, clean, size, language):
    page = admin(reverse("admin:participants_campaign_change", args=[campaign.pk]), size=size, language=language)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    clean(page)
    entry = CampaignEntry.objects.get(party="JOR")
    for name in ("campaign_add", "campaign_changelist", "campaignentry_changelist"):
        page.goto(page.url.split("/admin/")[0] + reverse(f"admin:participants_{name}"))
        clean(page)
    for name in ("change", "designation", "contact"):
        page.goto(page.url.split("/admin/")[0] + reverse(f"admin:participants_campaignentry_{name}", args=[entry.pk]))
        clean(page)
