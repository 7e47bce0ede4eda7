"""A real browser on the real pages: Debian's Chromium, driven by Playwright, with axe looking on."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, sync_playwright

from accounts.actors import Actor
from accounts.tokens import derive
from participants.models import Call, PersonalLink
from participants.verbs.calls import close_call, open_call
from participants.verbs.candidates import Candidate
from participants.verbs.invitations import invite
from participants.verbs.nominations import nominate
from tests import builders
from tests.decisions import decide
from workshops.models import Workshop

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright() -> Iterator[None]:
    """Playwright keeps an event loop in the test's thread; the database calls of the tests are plain all the same."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=list(FLAGS))
        yield chromium
        chromium.close()


def press(button: Locator) -> None:
    """Click what sends a form or leads on, and wait for the next page."""
    with button.page.expect_navigation():
        button.click()


def is_complaint(line: ConsoleMessage) -> bool:
    """Whether a line on the console means a fault; a refused form (422) is none."""
    return line.type == "error" and "status of 422" not in line.text


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a page in a context of its own; what the browser complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def go(url: str, *, size: dict[str, int] = DESKTOP, language: str = "en", scripts: bool = True) -> Page:
        context = browser.new_context(viewport=size, locale=language, java_script_enabled=scripts)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if is_complaint(line) else None)
        page.goto(url)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def admin(visit, organizer, live_server):
    """Open an address of the admin as a signed-in organizer."""

    def go(path: str, **options):
        page = visit(f"{live_server.url}/admin/login/?next=/admin/", **options)
        page.fill("[name=username]", organizer.user.email)
        page.fill("[name=password]", "correct horse battery")
        press(page.locator("#login-form [type=submit]"))
        page.goto(live_server.url + path)
        return page

    return go


@pytest.fixture
def clean() -> Callable[[Page], None]:
    """Let axe look at a page; any violation fails, named by its rule and place."""

    def check(page: Page) -> None:
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []

    return check


@pytest.fixture
def workshop(transactional_db: None) -> Workshop:
    """A workshop in three months for Jordan and Lebanon, with focal points."""
    jordan, lebanon = builders.party("JOR", "Jordan"), builders.party("LBN", "Lebanon")
    starts = timezone.now().date() + timedelta(days=90)
    series = builders.programme(starts_on=starts, ends_on=starts + timedelta(days=300))
    made = builders.workshop(parties=(jordan, lebanon), starts_on=starts, programme=series)
    series.targets.add(builders.target("aichi-15", 15))
    for party in (jordan, lebanon):
        builders.focal_point(party)
    return made


@pytest.fixture
def call(workshop: Workshop, organizer: Actor) -> Call:
    now = timezone.now()
    return open_call(
        workshop,
        deadline_at=now + timedelta(days=20),
        deadline_zone="Asia/Amman",
        seats_per_party=2,
        by=organizer,
        at=now,
    )


@pytest.fixture
def nomination_page(call: Call, live_server) -> str:
    link = PersonalLink.objects.get(call=call, party="JOR")
    return f"{live_server.url}/my/nominate/{derive(link.pk)}/"


@pytest.fixture
def invitation_page(call: Call, organizer: Actor, live_server) -> str:
    """The page of an invited expert of Jordan, whose name is one word."""
    now = timezone.now()
    person = Candidate(name="Suharyanto", email="suharyanto@ministry.example")
    nominate(
        call,
        party=builders.party(),
        candidate=person,
        track="biodiversity",
        sector="forest",
        signature=builders.official(),
        by=organizer,
        at=now,
    )
    close_call(call, by=organizer, at=now)
    decide(call, by=organizer, at=now)
    invitation = invite(
        call.nominations.earliest("reference"), respond_by=now + timedelta(days=10), by=organizer, at=now
    )
    return f"{live_server.url}/my/invitation/{derive(PersonalLink.objects.get(invitation=invitation).pk)}/"
