"""The curriculum's items."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin.counts import count_column, count_of
from accounts.admin.organizers import OrganizerAdmin
from workshops.admin.practice import practice_filter
from workshops.models import CurriculumItem, Session
from workshops.queries import curricula


@admin.register(CurriculumItem)
class CurriculumItemAdmin(OrganizerAdmin):
    """What every workshop of a programme must deal with."""

    scope = staticmethod(curricula.visible_to)
    deletable = True
    list_display = ("code", "__str__", "programme", "sessions")
    list_filter = (practice_filter(), "programme", "targets")
    search_fields = ("code", "title", "text")
    list_select_related = ("programme",)
    autocomplete_fields = ("programme", "targets")
    texts = ("title", "text")

    counts = {"held": count_of(Session.objects.all(), "curriculum_item")}

    sessions = count_column("held", _("sessions"))
