"""Materials: a paper, a presentation or a link in one language."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import URLField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.forms import OrderedForm
from accounts.admin.organizers import OrganizerAdmin
from accounts.errors import Refused
from correspondence.admin.files import download_address
from correspondence.models.files import FilePurpose
from correspondence.uploads import media_type_of
from correspondence.verbs.files import accept_upload
from workshops.admin.practice import practice_filter
from workshops.models import Material
from workshops.queries import materials


class MaterialForm(OrderedForm):
    """A material has a file, an address, or both."""

    upload = forms.FileField(
        label=gettext_lazy("New file"),
        required=False,
        help_text=gettext_lazy("PDF, Word, JPEG or PNG; replaces the one there."),
    )

    def clean_upload(self) -> tuple[str, bytes] | None:
        """Check size and type, and return name and bytes."""
        upload = self.cleaned_data["upload"]
        if not isinstance(upload, UploadedFile):
            return None
        name, data = upload.name or "", upload.read()
        try:
            media_type_of(data, name=name, limit=settings.UPLOAD_LIMIT, field="upload")
        except Refused as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
        return name, data

    def clean(self) -> dict[str, Any] | None:
        """Ask for a file or an address, and for a session of the same workshop."""
        cleaned = super().clean() or {}
        if not (cleaned.get("address") or cleaned.get("upload") or self.instance.file_id or "upload" in self.errors):
            self.add_error("address", _("Give a file or a web address."))
        session, workshop = cleaned.get("session"), cleaned.get("workshop")
        if session and session.workshop_id != getattr(workshop, "pk", None):
            self.add_error("session", _("This session belongs to another workshop."))
        return cleaned


@admin.register(Material)
class MaterialAdmin(OrganizerAdmin):
    """Found by title; a new version is a row of its own."""

    scope = staticmethod(materials.visible_to)
    form = MaterialForm
    exclude = ("file",)
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    deletable = True
    list_display = ("title", "kind", "language", "version", "programme", "workshop", "has_file", "published_on")
    list_filter = (
        practice_filter(),
        "kind",
        "language",
        ("published_on", admin.EmptyFieldListFilter),
        "programme",
        "workshop",
    )
    search_fields = ("title", "address", "workshop__slug")
    date_hierarchy = "published_on"
    list_select_related = ("programme", "workshop")
    autocomplete_fields = ("programme", "workshop", "session")

    @admin.display(description=gettext_lazy("file"), boolean=True)
    def has_file(self, material: Material) -> bool:
        """Whether there is a file, besides or instead of an address."""
        return material.file_id is not None

    def links(self, row: Material) -> list[tuple[str, str]]:
        """Lead to the file that is there."""
        return [(download_address(row.file), _("Download"))] if row.file else []

    def save_model(self, request: HttpRequest, obj: Material, form: forms.BaseForm, change: bool) -> None:
        """Keep the upload through its verb, then the row."""
        if form.cleaned_data.get("upload"):
            name, data = form.cleaned_data["upload"]
            obj.file = accept_upload(
                data, name=name, purpose=FilePurpose.MATERIAL, owner_key=str(obj.pk), at=timezone.now(), field="upload"
            )
        super().save_model(request, obj, form, change)
