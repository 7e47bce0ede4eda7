from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ConfigConfig(AppConfig):
    """Home of the commands that need every floor."""

    name = "config"


class PlannerAdminConfig(admin_apps.AdminConfig):
    """Django's admin with the planner's own site."""

    default = False
    default_site = "config.admin_site.PlannerAdminSite"
