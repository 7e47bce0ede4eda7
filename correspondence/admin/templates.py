"""Letter templates: every kind in every language, written beside a live preview, version by version."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from accounts.admin.organizers import ReadOnlyAdmin
from correspondence.admin.drafting import WritingPages
from correspondence.admin.places import LANGUAGE_ORDER, Place
from correspondence.admin.versions import VersionPages
from correspondence.kinds import KINDS, Kind
from correspondence.models import LetterTemplate
from correspondence.queries import templates

Page = Callable[..., HttpResponse]


@admin.register(LetterTemplate)
class LetterTemplateAdmin(ReadOnlyAdmin):
    """The list shows kinds and languages instead of rows: a letter that nobody changed has none."""

    scope = staticmethod(templates.visible_to)
    fields = ("kind", "language", "version", "subject", "body", "written_by", "written_at")

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of one letter in one language."""
        writing, versions = WritingPages(self), VersionPages(self)
        pages: list[tuple[str, Page, str]] = [
            ("", writing.write, "write"),
            ("preview/", writing.preview, "preview"),
            ("pdf/", writing.pdf, "pdf"),
            ("versions/", versions.every, "versions"),
            ("versions/<int:version>/", versions.one, "version"),
        ]
        own = [
            path(
                f"letters/<slug:kind>/<slug:language>/{rest}",
                self.admin_site.admin_view(page),
                name=f"correspondence_lettertemplate_{name}",
            )
            for rest, page, name in pages
        ]
        return [*own, *super().get_urls()]

    def require(self, request: HttpRequest) -> None:
        """Refuse whom the admin's own pages would refuse."""
        if not self.has_view_permission(request):
            raise PermissionDenied

    def context(self, request: HttpRequest, **values: object) -> dict[str, Any]:
        """Return what every page of letters shows, for whom they are."""
        self.require(request)
        return {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **values}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show one row a kind, with the version in force in each language."""
        written = templates.last_written()
        rows = [
            {
                "label": kind.label,
                "carries": _carried(kind),
                "cells": [Place(name, code, *written.get((name, code), (0, None))) for code in LANGUAGE_ORDER],
            }
            for name, kind in KINDS.items()
        ]
        context = self.context(
            request,
            title=str(self.opts.verbose_name_plural).capitalize(),
            rows=rows,
            languages=[dict(settings.LANGUAGES)[code] for code in LANGUAGE_ORDER],
        )
        return TemplateResponse(request, "admin/letter_templates.html", context | (extra_context or {}))


def _carried(kind: Kind) -> list[str]:
    """Return what comes with such a letter."""
    told = (
        (kind.linked, _("personal link")),
        (kind.coded, _("code to sign in")),
        (kind.printed, _("PDF")),
        (kind.dated, _("calendar file")),
    )
    return [words for comes, words in told if comes]
