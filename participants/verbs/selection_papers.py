"""Taking a selection out of the planner as a paper: the people of a call with their reasons, so each time is logged."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from documents.decision_sheets import decision_workbook
from documents.decisions import Decision, print_decision
from documents.pdf import Undisplayable
from participants.models import Selection
from participants.queries.selection_papers import paper_of

log = logging.getLogger(__name__)


class PaperFormat(StrEnum):
    """What the paper of a selection can be had as."""

    PDF = "pdf"
    XLSX = "xlsx"


MEDIA_TYPES = {
    PaperFormat.PDF: "application/pdf",
    PaperFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class SelectionPaper:
    """A selection as one file."""

    name: str
    media_type: str
    data: bytes


def print_selection(
    selection: Selection, form: PaperFormat, *, language: str | None = None, by: Actor, at: datetime
) -> SelectionPaper:
    """Return the paper of a selection, in ``language`` or else in the active one; that it was taken out is logged.

    Raises ``NotAllowed``, ``Invalid`` (``language_unknown``), ``Refused`` (``nothing_decided``),
    ``documents.pdf.MissingFonts`` and ``documents.press.PressFailed``.
    """
    by.require_organizer()
    language = (language or get_language() or settings.LANGUAGE_CODE).split("-")[0]
    if language not in dict(settings.LANGUAGES):
        raise Invalid("language_unknown", _("Choose one of the six languages of the United Nations."), field="language")
    with transaction.atomic():
        selection = Selection.objects.select_related(
            "call__workshop__programme", "call__workshop__host", "proposed_by", "decided_by"
        ).get(pk=selection.pk)
        paper = paper_of(selection, language)
        if not any(each.people for each in paper.lists):
            raise Refused("nothing_decided", _("This selection names nobody yet; wait until it is proposed."))
        record("print_selection", selection, by=by, at=at, format=form.value, language=language)
    data = _pdf(paper, at) if form == PaperFormat.PDF else decision_workbook(paper, created=at)
    stem = f"{selection.call.workshop.reference}-selection-{selection.number}"
    return SelectionPaper(f"{stem}.{form.value}", MEDIA_TYPES[form], data)


def _pdf(paper: Decision, at: datetime) -> bytes:
    try:
        return print_decision(paper, font_dirs=settings.FONT_DIRS, created=at)
    except Undisplayable as error:  # one name in a script that no font has must not keep the others from their paper
        log.warning("The paper of selection %s is made without the accessible standard: %s", paper.symbol, error)
    with override(paper.language):
        unshown = _("Some characters stand in none of this paper's fonts and show as boxes. The workbook holds them.")
    return print_decision(replace(paper, unshown=unshown), font_dirs=settings.FONT_DIRS, created=at, standards=())
