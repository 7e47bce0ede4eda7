"""The style guide, the language switch, and what every page has."""

import pytest

pytestmark = pytest.mark.django_db

LANGUAGES = [("ar", "rtl"), ("zh", "ltr"), ("en", "ltr"), ("fr", "ltr"), ("ru", "ltr"), ("es", "ltr")]


def test_the_style_guide_shows_every_component_in_demo_mode_alone(client, settings):
    settings.DEMO = True
    text = client.get("/styleguide/").text
    for part in ("pill-waits", 'class="stages"', 'class="figures"', 'class="chips"', 'class="empty"',
                 "note-late", 'class="sheet"', 'class="drop"', 'class="history"', "btn-clay"):  # fmt: skip
        assert part in text
    settings.DEMO = False
    assert client.get("/styleguide/").status_code == 404


@pytest.mark.parametrize(("code", "direction"), LANGUAGES)
def test_a_button_switches_the_language_and_comes_back(client, code, direction):
    response = client.post("/language/", {"language": code, "next": "/parties/?q=x"}, follow=True)
    assert response.redirect_chain == [("/parties/?q=x", 302)]
    assert f'<html lang="{code}" dir="{direction}"' in response.text


@pytest.mark.parametrize(
    "sent", [{}, {"language": "tlh"}, {"language": "x" * 600}, {"language": "en", "next": "//evil.example"}]
)
def test_the_switch_ignores_what_is_no_language_and_leads_nowhere_else(client, sent):
    assert client.post("/language/", sent)["Location"] == "/"


def test_every_page_has_one_heading_a_skip_link_and_names_its_language(client):
    text = client.get("/").text
    assert text.count("<h1>") == 1
    assert 'href="#content"' in text
    assert '<main id="content"' in text
    assert 'lang="en" dir="ltr"' in text


def test_pages_run_no_script_of_their_own_and_load_from_the_planner_alone(client):
    response = client.get("/decisions/")
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert "<script>" not in response.text
    assert 'style="' not in response.text
    assert "https://" not in response.text
