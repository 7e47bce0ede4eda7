"""Organizations."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin.counts import count_column, count_of
from participants.models import Organization, Person
from participants.queries import organizations
from workshops.admin.names import NamedAdmin


@admin.register(Organization)
class OrganizationAdmin(NamedAdmin):
    """Where people work, and bodies that send experts of their own."""

    scope = staticmethod(organizations.visible_to)
    list_display = ("name", "acronym", "kind", "party", "people")
    list_filter = ("kind", ("party", admin.EmptyFieldListFilter))
    search_fields = ("name", "acronym", "party__search_text", "=party__code")
    list_select_related = ("party",)
    autocomplete_fields = ("party",)

    counts = {"staff": count_of(Person.objects.all(), "organization")}

    people = count_column("staff", _("people"))
