"""What beat asks the worker for, and how often.

An entry that no worker took before its next turn is dropped (``expires``): after an outage one run catches up, not many.
"""

from typing import Any


def _every(seconds: int, task: str) -> dict[str, Any]:
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


SCHEDULE = {
    "heartbeat": _every(10, "config.heartbeat.beat"),
    "sweep-outbox": _every(20, "correspondence.tasks.sweep_outbox"),
    "read-reports": _every(300, "correspondence.tasks.read_reports"),
    "sweep-compilations": _every(60, "targets.tasks.sweep_compilations"),
    "sweep-imports": _every(60, "participants.tasks.sweep_imports"),
    "sweep-proposals": _every(60, "participants.tasks.sweep_proposals"),
    "sweep-codes": _every(3600, "participants.tasks.sweep_codes"),
    "compare-new-people": _every(600, "participants.tasks.compare_new_people"),
    "compare-everybody": _every(86400, "participants.tasks.compare_everybody"),
    "purge": _every(3600, "participants.tasks.purge"),
    "send-reminders": _every(3600, "participants.tasks.send_reminders"),
}
