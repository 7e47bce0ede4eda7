"""The workshop's page in the admin: it needs every floor."""

from django.contrib import admin

from workshops.admin.workshops import WorkshopAdmin
from workshops.models import Workshop


@admin.register(Workshop)
class DeskWorkshopAdmin(WorkshopAdmin):
    """Where a workshop stands in its life, and the next step."""
