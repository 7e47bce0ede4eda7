"""Letters to focal points about what they nominate."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import override

from correspondence.facts import Fact, Facts, Moment
from correspondence.models import Mailing, Message
from participants.models import Call, FocalPoint, Nomination
from participants.models.endorsements import Channel
from participants.models.links import LinkPurpose
from participants.queries.endorsements import could_sign
from participants.queries.wording import facts, party_name
from participants.verbs.calls import LINK_GRACE
from participants.verbs.letters import already_written, language_of, write_to
from participants.verbs.links import issue_link


def write_to_signatory(
    call: Call,
    mandate: FocalPoint,
    kind: str,
    *,
    key: str,
    at: datetime,
    about: Nomination | None = None,
    linked: bool = False,
    mailing: Mailing | None = None,
    told: Facts | None = None,
) -> Message | None:
    """Write to a focal point about the Party's nominations to a call; once for a ``key``.

    ``told`` holds what this kind of letter says beside the Party, the workshop and, ``about`` a nomination, the nominee.
    """
    if already_written([key]):
        return None
    language = language_of(mandate.person, mandate.party, mandate)
    known: dict[str, Fact] = {
        "party": party_name(mandate.party, at.date(), language),
        "workshop": facts(call.workshop, at.date(), language)["workshop"],
    }
    if about is not None:
        known |= {"nominee": about.person.name, "reference": about.reference}
    link = None
    if linked:
        until = max(call.deadline_at, at) + LINK_GRACE
        link = issue_link(mandate.person, LinkPurpose.NOMINATE, at=at, expires_at=until, call=call, party=mandate.party)
    return write_to(
        mandate.person,
        kind,
        key=key,
        language=language,
        context={**known, **(told or {})},
        about=about or call,
        workshop=call.workshop,
        at=at,
        link=link,
        mailing=mailing,
    )


def confirm_receipt(nomination: Nomination, at: datetime) -> None:
    """Tell the focal point who signed that the nomination came in."""
    if nomination.focal_point is not None:
        write_to_signatory(
            nomination.call,
            nomination.focal_point,
            "nomination-received",
            key=f"nomination-received:{nomination.pk}",
            about=nomination,
            at=at,
        )


def ask_signatures(nomination: Nomination, channels: Iterable[str], at: datetime) -> int:
    """Ask whoever can give the signatures still missing; return how many letters went out."""
    call, written = nomination.call, 0
    for channel in sorted(channels):
        for mandate in could_sign(call, nomination, channel, at.date()):
            letter = write_to_signatory(
                call,
                mandate,
                "endorsement-request",
                key=f"endorsement-request:{nomination.pk}:{mandate.person_id}",
                about=nomination,
                linked=True,
                at=at,
                told=_lacking(call, mandate, channel),
            )
            written += letter is not None
    return written


def _lacking(call: Call, mandate: FocalPoint, channel: str) -> Facts:
    with override(language_of(mandate.person, mandate.party)):
        kind = str(Channel(channel).label)
    return {"deadline": Moment(call.deadline_at, call.deadline_zone), "kind": kind}
