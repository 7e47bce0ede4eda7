"""Letters of a campaign: one a person and Party, whatever the number of entries they are asked about."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.utils.translation import override, pgettext

from correspondence.facts import Fact, Facts, Moment
from correspondence.models import Mailing
from participants.models import Campaign, CampaignEntry, FocalPoint
from participants.models.links import LinkPurpose
from participants.queries.campaigns import by_reader
from participants.queries.wording import party_name
from participants.verbs.focal_points import kind_in
from participants.verbs.letters import already_written, language_of, write_to
from participants.verbs.links import issue_link

LINK_GRACE = timedelta(days=30)  # some answer late, and late is better than never


def write_about(
    campaign: Campaign,
    entries: Sequence[CampaignEntry],
    kind: str,
    *,
    at: datetime,
    occasion: str = "",
    mailing: Mailing | None = None,
    **extra: Fact,
) -> int:
    """Write one letter a person and Party about their entries; return how many are new for this ``occasion``.

    The caller holds the transaction; ``asked`` is read with its person and Party. Who has no address gets none.
    """
    letters = {
        ":".join(filter(None, [kind, str(campaign.pk), party, str(person), occasion])): about
        for (party, person), about in by_reader(entries).items()
    }
    for key in already_written(letters):
        del letters[key]
    written = 0
    for key, about in letters.items():
        reader = about[0].asked
        if reader is not None and reader.person.email:
            _write(campaign, reader, about, extra, kind=kind, key=key, mailing=mailing, at=at)
            written += 1
    return written


def _write(
    campaign: Campaign,
    reader: FocalPoint,
    about: Sequence[CampaignEntry],
    extra: dict[str, Fact],
    *,
    kind: str,
    key: str,
    mailing: Mailing | None,
    at: datetime,
) -> None:
    person, language = reader.person, language_of(reader.person, reader.party, reader)
    link = issue_link(
        person,
        LinkPurpose.CONFIRM,
        at=at,
        expires_at=max(campaign.due_at, at) + LINK_GRACE,
        campaign=campaign,
        party=reader.party,
    )
    write_to(
        person,
        kind,
        key=key,
        language=language,
        context={**_context(campaign, reader, about, language, at), **extra},
        about=campaign,
        workshop=None,
        at=at,
        link=link,
        mailing=mailing,
    )


def _context(
    campaign: Campaign, reader: FocalPoint, about: Sequence[CampaignEntry], language: str, at: datetime
) -> Facts:
    return {
        "party": party_name(reader.party, at.date(), language),
        "request": campaign.title,
        "kind": _named((each.kind for each in about if each.mandate_id is not None), language),
        "missing": _named((each.kind for each in about if each.mandate_id is None), language),
        "deadline": Moment(campaign.due_at, campaign.due_zone),
    }


def _named(kinds: Iterable[str], language: str) -> str:
    with override(language):
        comma = pgettext("between the items of a list", ", ")
    return comma.join(kind_in(language, kind) for kind in dict.fromkeys(kinds))
