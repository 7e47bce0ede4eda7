"""The Celery app: settings from Django, the beat schedule, and what the broker needs."""

import os
from pathlib import Path
from typing import Any

from celery import Celery

from config.schedule import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("planner")
app.set_default()  # web servers call from threads of their own, which know no current app
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = SCHEDULE
app.autodiscover_tasks()
app.autodiscover_tasks(["config"], related_name="heartbeat")


@app.on_after_configure.connect
def prepare(sender: Celery, **_kwargs: Any) -> None:
    """Settle how to reach the broker; every process passes here before its first message.

    A broker that is down costs a page no time: one try, two seconds at most. The folders of ``filesystem://`` are made.
    """
    options = sender.conf.broker_transport_options
    options |= {"max_retries": 0, "socket_connect_timeout": 2}
    for name in ("data_folder_in", "data_folder_out", "control_folder"):
        if name in options:
            Path(options[name]).mkdir(parents=True, exist_ok=True)
