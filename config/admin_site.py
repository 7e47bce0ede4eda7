"""The organizer's admin."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class PlannerAdminSite(AdminSite):
    """Django's own admin under the planner's name."""

    site_header = _("Workshop planner")
    site_title = _("Workshop planner")
    index_title = _("Desk")
