"""How many letters may go out now: the limits that relays and receiving domains set."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from correspondence.models import Message, MessageAttempt, MessageState

WINDOW = timedelta(seconds=60)


def rate_limited() -> bool:
    """Whether the settings hold mail to a number of letters a minute."""
    return bool(settings.MAIL_RATE or settings.MAIL_DOMAIN_RATES)


def domain_of(address: str) -> str:
    """Return the part behind the @, in lower case."""
    return address.rpartition("@")[2].casefold()


def allowed(waiting: Sequence[Message], *, at: datetime) -> list[Message]:
    """Return those of ``waiting``, in order, that may be tried now under ``MAIL_RATE`` and ``MAIL_DOMAIN_RATES``.

    Both count letters a minute; what was tried in the last one and what is reserved counts. The caller holds the lock on
    the limits, so that two workers never share one place.
    """
    if not rate_limited():
        return list(waiting)
    used = _used(at)
    total, chosen = used.total(), []
    for message in waiting:
        domain = domain_of(message.to_address)
        if settings.MAIL_RATE and total >= settings.MAIL_RATE:
            break
        if domain in settings.MAIL_DOMAIN_RATES and used[domain] >= settings.MAIL_DOMAIN_RATES[domain]:
            continue
        chosen.append(message)
        used[domain] += 1
        total += 1
    return chosen


def _used(at: datetime) -> Counter[str]:
    since = at - WINDOW
    tried = MessageAttempt.objects.filter(started_at__gt=since).values_list("message__to_address", flat=True)
    reserved = Message.objects.filter(
        state__in=[MessageState.QUEUED, MessageState.SENDING], claimed_at__gt=since
    ).values_list("to_address", flat=True)
    return Counter(domain_of(address) for address in [*tried, *reserved])
