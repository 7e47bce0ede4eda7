"""Stored files: listed by what they are kept for, opened by organizers alone."""

from uuid import UUID

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin.organizers import ReadOnlyAdmin
from accounts.verbs.activities import record
from accounts.visitors import actor_of
from correspondence.downloads import as_download
from correspondence.models import StoredFile
from correspondence.queries.files import read_bytes


def download_address(file: StoredFile) -> str:
    """Return where an organizer's browser gets the bytes."""
    return reverse("admin:correspondence_storedfile_download", args=[file.pk])


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    """Files by their content."""

    list_display = ("name", "purpose", "media_type", "bytes", "created_at", "purge_on")
    list_filter = ("purpose", "media_type", ("purge_on", admin.EmptyFieldListFilter), "created_at")
    search_fields = ("name", "=sha256", "=owner_key")
    date_hierarchy = "created_at"
    exclude = ("storage_name",)

    @admin.display(description=_("size"), ordering="size")
    def bytes(self, file: StoredFile) -> str:
        """The size as people say it."""
        return filesizeformat(file.size)

    def links(self, row: StoredFile) -> list[tuple[str, str]]:
        """Lead to the bytes."""
        return [(download_address(row), gettext("Download"))]

    def get_urls(self) -> list[URLPattern]:
        """Add the address of the bytes."""
        page = self.admin_site.admin_view(self.download_view)
        return [path("<uuid:key>/download/", page, name="correspondence_storedfile_download"), *super().get_urls()]

    def download_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Give the bytes as a file to keep, never as a page of this site."""
        file = self.get_queryset(request).filter(pk=key).first()
        if file is None or not self.has_view_permission(request, file):
            raise Http404
        record("open_file", file, by=actor_of(request), at=timezone.now())
        return as_download(file, read_bytes(file))
