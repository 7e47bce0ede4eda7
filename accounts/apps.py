from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Let Django know the checks."""
        from accounts import checks  # noqa: F401, PLC0415  # it registers what it holds
