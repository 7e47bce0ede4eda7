"""What every act of a rehearsal shares."""

from dataclasses import dataclass, field
from random import Random

from accounts.actors import Actor
from config.rehearsal.calendar import Calendar
from config.rehearsal.cast import Cast
from participants.models import Call
from workshops.models import Party, Programme, Workshop

# The secretariat's side of a rehearsal acts with the clock's right, under a name of its own in the activity log.
SECRETARIAT = Actor(label="rehearsal", is_clock=True)
# Who approves what the other proposed.
COLLEAGUE = Actor(label="rehearsal, second organizer", is_clock=True)


class DoesNotAddUp(Exception):  # noqa: N818  # a finding of the rehearsal, with its sentence
    """Two counts that must be equal are not."""


@dataclass
class Stage:
    """One workshop of the practice copy, its people and its dates; ``parties`` are Parties on the day the call opens."""

    programme: Programme
    workshop: Workshop
    parties: list[Party]
    calendar: Calendar
    random: Random
    cast: Cast
    call: Call | None = None
    nominations_wanted: int | None = None
    late: list[tuple[Party, int]] = field(default_factory=list)  # who nominates after the deadline, and how often
    counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def set_up(cls, programme: Programme, workshop: Workshop, *, seed: int, nominations: int | None) -> "Stage":
        """Return the stage of one workshop; its random stream depends on the seed and the real workshop's slug alone."""
        real = workshop.rehearsal_of or workshop
        calendar = Calendar.of(workshop)
        random = Random(f"{seed}:{real.slug}")  # noqa: S311  # synthetic people need no secrecy, but must repeat
        return cls(
            programme=programme,
            workshop=workshop,
            parties=list(
                Party.objects.filter(coverages__workshop=workshop, in_force_on__lte=calendar.opening.date()).order_by(
                    "code"
                )
            ),
            calendar=calendar,
            random=random,
            cast=Cast(random),
            nominations_wanted=nominations,
        )

    @property
    def the_call(self) -> Call:
        """Return the call, which the first act opened."""
        if self.call is None:
            raise RuntimeError("the call is opened in the first act")
        return self.call

    def expect(self, what: str, found: int, wanted: int) -> None:
        """Raise ``DoesNotAddUp`` unless the two numbers are equal."""
        if found != wanted:
            raise DoesNotAddUp(f"{self.workshop.slug}: {what}: {found} found, {wanted} expected")
