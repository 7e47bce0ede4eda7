"""Chinese: Django has these under ``zh_Hans``."""

from django.conf.locale.zh_Hans.formats import *  # type: ignore[import-untyped]  # noqa: F403
