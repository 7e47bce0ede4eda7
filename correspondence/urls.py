"""Addresses at which hosted relays tell what became of our letters."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

from correspondence.portal.relays import RELAYS, relay_events

if unknown := sorted(set(settings.RELAY_WEBHOOKS) - RELAYS.keys()):
    raise ImproperlyConfigured(f"RELAY_WEBHOOKS names {', '.join(unknown)}; known are {', '.join(RELAYS)}.")

urlpatterns = [path("<slug:relay>/", relay_events, name="relay-events")]
