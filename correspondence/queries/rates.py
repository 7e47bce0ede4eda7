"""How many letters may go out now: the limits that relays and receiving domains set."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from correspondence.models import Message, MessageAttempt, MessageState

WINDOW = timedelta(seconds=60)


def rate_limited() -> bool:
    """Whether the settings hold mail to a number of letters a minute."""
    return bool(settings.MAIL_RATE or settings.MAIL_DOMAIN_RATES)


def domain_of(address: str) -> str:
    """Return the part behind the @, in lower case."""
    return address.rpartition("@")[2].casefold()


@dataclass(slots=True)
class Allowance:
    """What is left of the limits: ``used`` letters in the last minute by domain, and in all."""

    used: Counter[str]

    def full_domains(self) -> list[str]:
        """Return the domains to which no letter may go now."""
        return [domain for domain, rate in settings.MAIL_DOMAIN_RATES.items() if self.used[domain] >= rate]

    def take(self, address: str) -> bool:
        """Count a letter to ``address`` if one may go there now; whether it may."""
        domain = domain_of(address)
        rate = settings.MAIL_DOMAIN_RATES.get(domain)
        if (settings.MAIL_RATE and self.used.total() >= settings.MAIL_RATE) or (
            rate is not None and self.used[domain] >= rate
        ):
            return False
        self.used[domain] += 1
        return True


def allowance(at: datetime) -> Allowance:
    """Return what is left now under ``MAIL_RATE`` and ``MAIL_DOMAIN_RATES``, letters a minute.

    What was tried in the last minute counts, and what is reserved. The caller holds the lock on the limits, so that two
    workers never share one place.
    """
    if not rate_limited():
        return Allowance(Counter())
    since = at - WINDOW
    tried = MessageAttempt.objects.filter(started_at__gt=since).values_list("message__to_address", flat=True)
    in_hand = [MessageState.QUEUED, MessageState.SENDING, MessageState.SENT]  # the last until its attempt is written
    reserved = Message.objects.filter(state__in=in_hand, claimed_at__gt=since).values_list("to_address", flat=True)
    return Allowance(Counter(domain_of(address) for address in [*tried, *reserved]))


def outside(domains: Iterable[str], waiting: QuerySet[Message]) -> QuerySet[Message]:
    """Return what of ``waiting`` goes to none of ``domains``."""
    for domain in domains:
        waiting = waiting.exclude(to_address__iendswith=f"@{domain}")
    return waiting
