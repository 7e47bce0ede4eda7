"""An organizer changes a letter's text in the browser, seeing the letter while typing."""

import pytest
from playwright.sync_api import expect

from correspondence.kinds import KINDS
from correspondence.models import LetterTemplate
from correspondence.queries.templates import shipped
from tests.e2e.conftest import press

pytestmark = pytest.mark.e2e

TEMPLATES = "/admin/correspondence/lettertemplate/"
FRENCH = f"{TEMPLATES}letters/invitation/fr/"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_list_of_letters_is_clean(language, admin, clean, call):
    page = admin(TEMPLATES, language=language)
    assert page.locator("table.letters tbody tr").count() == len(KINDS)
    clean(page)


def test_the_french_invitation_is_changed_while_its_preview_follows(admin, clean, call):
    page = admin(FRENCH)
    clean(page)
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Workshop for Western Asia")

    page.fill("[name=body]", shipped("invitation", "fr").body + "\nCordialement, {nom}\n")
    expect(preview).to_contain_text("{nom} is no placeholder of this letter. It knows {name}")
    clean(page)
    press(page.get_by_role("button", name="Save as version 1"))
    assert "{nom} is no placeholder of this letter" in page.inner_text(".letter-field.errors:has([name=body])")
    clean(page)
    assert not LetterTemplate.objects.exists()

    page.fill("[name=body]", shipped("invitation", "fr").body + "\nÀ bientôt à {city}.\n")
    expect(preview).to_contain_text("À bientôt à Amman.")
    page.fill("[name=subject]", "Invitation : ")
    page.get_by_role("button", name="Insert title of the workshop").click()
    expect(preview.locator(".sheet-subject")).to_have_text("Invitation : Workshop for Western Asia")
    press(page.get_by_role("button", name="Save as version 1"))
    assert "Version 1 is in force" in page.inner_text("body")
    assert LetterTemplate.objects.get().subject == "Invitation : {workshop}"

    press(page.get_by_role("link", name="Versions"))
    assert "Version 1" in page.inner_text("table.versions tbody tr:first-child")
    clean(page)
    press(page.get_by_role("link", name="As shipped"))
    clean(page)
    press(page.get_by_role("button", name="Write this text again"))
    clean(page)
    press(page.get_by_role("button", name="Write it as version 2"))
    assert "Version 2 is in force" in page.inner_text("body")


def test_an_arabic_letter_in_an_arabic_admin_is_clean(admin, clean, call):
    page = admin(f"{TEMPLATES}letters/invitation/ar/", language="ar")
    body = page.locator("[name=body]")
    assert body.evaluate("field => getComputedStyle(field).direction") == "rtl"
    body.fill(shipped("invitation", "ar").body.replace("{link}\n\n", ""))
    expect(page.locator("#preview .findings-late")).to_contain_text("{link}")
    clean(page)


def test_another_choice_of_data_is_seen_at_once(admin, call):
    page = admin(FRENCH)
    expect(page.locator("#preview")).to_contain_text("Workshop for Western Asia")
    page.select_option("[name=workshop]", "")
    expect(page.locator("#preview")).not_to_contain_text("Workshop for Western Asia")
    expect(page.locator("#preview")).to_contain_text("{workshop}")


def test_a_placeholder_of_the_text_alone_goes_into_the_text(admin, call):
    page = admin(FRENCH)
    page.locator("[name=subject]").focus()
    page.locator('[data-insert="{link}"]').click()
    assert "{link}" not in page.input_value("[name=subject]")
    assert page.input_value("[name=body]").count("{link}") == 2


def test_without_scripts_the_preview_is_a_button(admin, call):
    page = admin(FRENCH, scripts=False)
    assert page.locator(".insert").first.is_hidden()
    page.fill("[name=subject]", "Sans script : {city}")
    press(page.get_by_role("button", name="Preview"))
    assert "Sans script : Amman" in page.inner_text("#preview")
    assert page.input_value("[name=subject]") == "Sans script : {city}"
    assert not LetterTemplate.objects.exists()


def test_the_letterhead_is_clean(admin, clean, call):
    page = admin("/admin/correspondence/letterhead/")
    page.fill("[name=organization_en]", "Secretariat of the Convention")
    press(page.get_by_role("button", name="Save"))
    assert page.input_value("[name=organization_en]") == "Secretariat of the Convention"
    clean(page)
