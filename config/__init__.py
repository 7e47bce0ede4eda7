"""Settings, addresses, the Celery app, error mapping (floor 6)."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
