"""The public page of a workshop, and the files on it."""

from io import BytesIO
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.visitors import visitor
from correspondence.models import StoredFile
from correspondence.queries.files import read_bytes
from workshops.models import Coverage, Session, Workshop
from workshops.queries import materials, outputs, sessions, workshops


@require_safe
def workshop(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what, when, where, for whom, and what came of it."""
    user = visitor(request)
    row = get_object_or_404(workshops.visible_to(user).select_related("programme", "host"), slug=slug)
    agenda = (
        sessions.visible_to(user).filter(workshop=row).select_related("curriculum_item").order_by("starts_at", "room")
    )
    context = {
        "workshop": row,
        "programme": row.programme,
        "practice": row.programme.rehearsal_of_id,
        "served": Coverage.objects.filter(workshop=row).select_related("party").order_by("party__name_en"),
        "agenda": [(day, list(rows)) for day, rows in groupby(agenda, key=lambda each: _local_day(each, row))],
        "materials": materials.visible_to(user).filter(workshop=row).select_related("file"),
        "outputs": outputs.visible_to(user).filter(workshop=row).select_related("expectation", "file"),
    }
    return render(request, "workshops/workshop.html", context)


def _local_day(session: Session, workshop: Workshop) -> object:
    return session.starts_at.astimezone(ZoneInfo(workshop.zone)).date()


@require_safe
def material(request: HttpRequest, key: UUID) -> FileResponse:
    """Send the file of a material the visitor may see."""
    row = get_object_or_404(materials.visible_to(visitor(request)).select_related("file"), pk=key)
    return _download(row.file)


@require_safe
def output(request: HttpRequest, key: UUID) -> FileResponse:
    """Send the file of an output the visitor may see."""
    row = get_object_or_404(outputs.visible_to(visitor(request)).select_related("file"), pk=key)
    return _download(row.file)


def _download(file: StoredFile | None) -> FileResponse:
    """Answer with the bytes as a download, never shown inside the planner's own pages."""
    if file is None:
        raise Http404
    return FileResponse(BytesIO(read_bytes(file)), as_attachment=True, filename=file.name, content_type=file.media_type)
