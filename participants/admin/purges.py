"""What the nightly purges did."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin.organizers import ReadOnlyAdmin
from participants.models import Purge
from workshops.admin.names import NamedAdmin


@admin.register(Purge)
class PurgeAdmin(NamedAdmin, ReadOnlyAdmin):
    """One row a night, with how much went of each row of docs/privacy.md."""

    list_display = ("started_at", "went", "files", "problem")
    fields = ("started_at", "ended_at", "went", "files", "problem")

    @admin.display(description=_("what went"))
    def went(self, purge: Purge) -> str:
        """How many rows of each kind, those of which there were none left out."""
        return ", ".join(f"{name}: {count}" for name, count in purge.counts.items() if count) or "–"
