"""A list of focal points in a browser: sent in, watched while it is read, looked at row by row, written by number."""

import pytest
from django.utils import timezone

from participants.models import DirectoryImport, FocalPoint
from participants.verbs.import_rows import read_import
from participants.verbs.import_writes import write_import
from tests import builders
from tests.e2e.conftest import DESKTOP, PHONE, press

pytestmark = pytest.mark.e2e

LIST = "/admin/participants/focalpoint/"
FILE = """\
party;kind;name;email;phone;valid_from;Remarks
Jordan;CBD-FP1;Noor Saleh;noor@ministry.example;+962 6 555;2010-01-01;
JOR;FAO-FP;N’Guessan;n@agriculture.example;;2014-01-01;new
JOR;CHM-FP;محمد بن صالح;m@ministry.example;;03/04/2014;which day?
"""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_list_is_sent_in_looked_at_and_written(admin, clean, scripts, size, transactional_db):
    builders.focal_point(builders.party(), who=builders.person("Noor Saleh", "noor@ministry.example", phone="1"))
    page = admin(LIST, scripts=scripts, size=size)
    press(page.get_by_role("link", name="Import", exact=True))
    looks_right(page, clean, scripts)
    page.set_input_files("[name=file]", {"name": "list.csv", "mimeType": "text/csv", "buffer": FILE.encode("utf-16")})
    press(page.get_by_role("button", name="Read the file"))
    assert "0 rows read" in page.inner_text("#progress")

    batch = DirectoryImport.objects.get()
    read_import(batch.pk, at=timezone.now())
    come_to_rest(page, scripts)
    assert "1 would be added, 1 changed; 0 are so already and 1 refused." in page.inner_text("#progress")
    assert "Remarks" in page.inner_text("#content-main")
    assert "03/04/2014” can be read" in page.inner_text("tr:has-text('محمد')")
    looks_right(page, clean, scripts)

    press(page.get_by_role("button", name="Write 2 rows"))
    assert FocalPoint.objects.count() == 1
    write_import(batch.pk, at=timezone.now())
    come_to_rest(page, scripts)
    assert "Written: 1 added, 1 changed." in page.inner_text("#progress")
    page.get_by_role("link", name="Refused 1").click()
    page.wait_for_url("**?rows=refused*")
    assert page.locator("table.import-rows tbody tr").count() == 1
    looks_right(page, clean, scripts)


def come_to_rest(page, scripts: bool) -> None:
    """With scripts the page finds out by itself; without, somebody reads it anew."""
    if scripts:
        page.wait_for_selector("#progress .consequence")
    else:
        page.reload()


def looks_right(page, clean, scripts: bool) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") if scripts else True
    if scripts:
        clean(page)
