"""The ground of every admin page: organizers may do the work, nobody else, and what verbs own is only read."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Field, Model, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.admin.fields import ForgivingSelect, ForgivingSelectMultiple, LanguagesField, TextsField, ZoneField
from accounts.admin.refusals import refusing_form
from accounts.admin.requests import is_organizer
from accounts.admin.steps import Step
from accounts.errors import Refused
from accounts.pages import KeyPaginator
from accounts.verbs.activities import record
from accounts.visitors import actor_of

if TYPE_CHECKING:
    _AnyAdmin = BaseModelAdmin[Any]
    _ModelAdmin = admin.ModelAdmin[Any]
    _TabularInline = admin.TabularInline[Any, Any]
else:  # the classes take no parameters when they run
    _AnyAdmin = BaseModelAdmin
    _ModelAdmin = admin.ModelAdmin
    _TabularInline = admin.TabularInline


class _Permissions:
    """Every organizer may do what the class allows; Django's table of model permissions is not used."""

    addable: ClassVar[bool] = True
    changeable: ClassVar[bool] = True
    deletable: ClassVar[bool] = False

    def allows(self, request: HttpRequest) -> bool:
        """Whether the one who asks may see these rows at all."""
        return is_organizer(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.allows(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  # Django's signature
        return self.allows(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return self.addable and self.allows(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return self.changeable and self.allows(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return self.deletable and self.allows(request)


class _ShapedFields(_AnyAdmin):
    """Gives each field of the project's own shapes its form field."""

    texts: ClassVar[tuple[str, ...]] = ()
    languages: ClassVar[tuple[str, ...]] = ()
    zones: ClassVar[tuple[str, ...]] = ()

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        shapes = ((self.texts, TextsField), (self.languages, LanguagesField), (self.zones, ZoneField))
        for names, shape in shapes:
            if db_field.name in names:
                label = str(db_field.verbose_name)
                return shape(
                    label=label[:1].upper() + label[1:], required=not db_field.blank, help_text=db_field.help_text
                )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ForgivingSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ForgivingSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class OrganizerAdmin(_Permissions, _ShapedFields, _ModelAdmin):
    """Plain data that organizers add and edit, within what ``scope`` lets a user see.

    Changes are written to the planner's own activity log instead of Django's; a verb that refuses while a form is saved
    brings the form back with the sentence beside the field.
    """

    scope: ClassVar[Any] = None  # a noun's ``visible_to``, as a static method
    counts: ClassVar[Mapping[str, Combinable]] = {}  # annotations of the list's own query, see accounts.admin.counts
    change_form_template = "admin/row.html"
    list_per_page = 50
    paginator = KeyPaginator

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return what the user may see with its counts, in the list's order."""
        rows: QuerySet[Any] = self.scope(request.user) if self.scope else super().get_queryset(request)
        ordering = self.get_ordering(request)
        counted: QuerySet[Any] = rows.annotate(**self.counts)
        return counted.order_by(*ordering) if ordering else counted

    def links(self, row: Any) -> Iterable[tuple[str, str]]:  # noqa: ARG002  # for the pages that have some
        """Return address and label of further pages about a row."""
        return ()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save one row; a refusal of a verb comes back as an error of the form."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            request._refusal = refusal  # type: ignore[attr-defined]  # noqa: SLF001  # read again by get_form below
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> "type[forms.ModelForm[Any]]":
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "_refusal", None)
        return refusing_form(form, refusal) if refusal else form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the steps that fit this row and the links to its other pages."""
        row = context.get("original")
        if row is not None:
            context["steps"] = [step for step in self.actions or () if isinstance(step, Step) and step.fits(row)]
            context["links"] = list(self.links(row))
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:  # noqa: ARG002
        """Lead to the activity log of this row."""
        chosen = {"subject_kind": str(self.opts.model_name), "subject_key": object_id}
        return HttpResponseRedirect(f"{reverse('admin:accounts_activityentry_changelist')}?{urlencode(chosen)}")

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:  # noqa: ARG002
        return record("added", obj, by=actor_of(request), at=timezone.now())

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Log a change by the names of its fields; a page saved as it was is none."""
        if not message:
            return None
        fields = [
            name for part in message if isinstance(part, dict) for name in part.get("changed", {}).get("fields", ())
        ]
        return record("changed", obj, by=actor_of(request), at=timezone.now(), fields=fields)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Model]) -> Any:
        return [record("deleted", row, by=actor_of(request), at=timezone.now()) for row in queryset]


class ReadOnlyAdmin(OrganizerAdmin):
    """Rows that verbs own: to be read, filtered and stepped on, never typed over."""

    addable = changeable = False


class OrganizerInline(_Permissions, _ShapedFields, _TabularInline):
    """Rows of plain data inside another row's page."""

    deletable = True
    extra = 0


class ReadOnlyInline(OrganizerInline):
    """Rows that verbs own, inside another row's page."""

    template = "admin/read_rows.html"
    addable = changeable = deletable = False
