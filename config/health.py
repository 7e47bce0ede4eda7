"""Whether this process lives (``/healthz``) and whether the planner can work (``/readyz``); both are cheap.

``/readyz`` asks the database for one row, knocks at the broker at most once in ``BROKER_KEPT`` seconds, and reads the age
of the last heartbeat that a worker wrote. The answer names what is wrong, and no more than that.
"""

import logging
import time
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.celery import app
from config.heartbeat import seconds_since_heartbeat

HEARTBEAT_LIMIT = 60.0
BROKER_KEPT = 5.0
BROKER_TIMEOUT = 1

log = logging.getLogger(__name__)
_broker: dict[str, float | str] = {"asked": float("-inf"), "found": ""}


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  # a view's signature
    """Answer that this process serves requests; touches nothing else."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  # a view's signature
    """Answer 200 when database, broker and a worker all work, 503 when one does not."""
    checks = {name: probe() for name, probe in PROBES.items()}
    ready = set(checks.values()) == {"ok"}
    return JsonResponse({"status": "ok" if ready else "unavailable", "checks": checks}, status=200 if ready else 503)


def database() -> str:
    """Say "ok" when the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        log.warning("The database does not answer: %s", error)
        return "does not answer"
    return "ok"


def broker() -> str:
    """Say "ok" when the broker takes connections, from memory when it was asked a moment ago."""
    now = time.monotonic()
    if now - float(_broker["asked"]) > BROKER_KEPT:
        _broker["found"], _broker["asked"] = knock(), now
    return str(_broker["found"])


def forget_broker() -> None:
    """Ask the broker anew at the next look."""
    _broker["asked"] = float("-inf")


def knock() -> str:
    """Connect to the broker, without a second try."""
    try:
        with app.connection_for_write(connect_timeout=BROKER_TIMEOUT) as link:
            link.ensure_connection(max_retries=1, timeout=BROKER_TIMEOUT)
    except Exception as error:  # noqa: BLE001  # each transport has errors of its own
        log.warning("The broker does not answer: %s", error)
        return "does not answer"
    return "ok"


def worker() -> str:
    """Say "ok" when a worker gave a sign of life within ``HEARTBEAT_LIMIT`` seconds."""
    try:
        age = seconds_since_heartbeat()
    except Exception as error:  # noqa: BLE001  # the cache behind it may be the broker's own server
        log.warning("The heartbeat cannot be read: %s", error)
        return "not known"
    if age is None:
        return "no sign of life"
    return "ok" if age <= HEARTBEAT_LIMIT else f"no sign of life for {age:.0f} s"


PROBES: dict[str, Callable[[], str]] = {"database": database, "broker": broker, "worker": worker}
