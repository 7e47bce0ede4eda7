"""What letters there are, and what each may say: the facts a kind is told and the form each fact has."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Form(StrEnum):
    """The form of a fact, and with it how a language writes it."""

    TEXT = "text"  # one line
    LINES = "lines"  # may run over several lines; stands in no subject
    NUMBER = "number"
    DAYS = "days"  # correspondence.facts.Days
    MOMENT = "moment"  # correspondence.facts.Moment
    LINK = "link"  # the personal link; filled in at delivery, stands in no subject
    CODE = "code"  # the code to sign in; filled in at delivery, stands in no subject


# Placeholder: its form, and what it stands for.
PLACEHOLDERS: Mapping[str, tuple[Form, Promise]] = {
    "name": (Form.TEXT, _("name of the person written to")),
    "party": (Form.TEXT, _("Party that nominated, or is written to")),
    "programme": (Form.TEXT, _("title of the programme")),
    "workshop": (Form.TEXT, _("title of the workshop")),
    "dates": (Form.DAYS, _("days of the workshop")),
    "previous": (Form.DAYS, _("days the workshop was planned for before")),
    "city": (Form.TEXT, _("city of the venue")),
    "country": (Form.TEXT, _("host country")),
    "venue": (Form.TEXT, _("building of the venue")),
    "deadline": (Form.MOMENT, _("deadline, with its time zone")),
    "previous_deadline": (Form.MOMENT, _("deadline before the extension")),
    "respond_by": (Form.MOMENT, _("when the answer is due, with its time zone")),
    "until": (Form.MOMENT, _("until when it is open or good, with its time zone")),
    "symbol": (Form.TEXT, _("symbol of the notification")),
    "file_reference": (Form.TEXT, _("reference of the file")),
    "issued": (Form.DAYS, _("date of the notification")),
    "areas": (Form.TEXT, _("thematic areas")),
    "thanks": (Form.LINES, _("thanks to the host and the donors")),
    "languages": (Form.TEXT, _("working languages of the workshop")),
    "web": (Form.TEXT, _("web address")),
    "mandate": (Form.TEXT, _("decisions and paragraphs that ask for the workshop")),
    "objective": (Form.LINES, _("objective of the programme")),
    "profiles": (Form.LINES, _("profiles of the experts to nominate")),
    "papers": (Form.LINES, _("papers asked for, or missing")),
    "criteria": (Form.LINES, _("criteria of selection")),
    "funding": (Form.LINES, _("who is financed")),
    "reference": (Form.TEXT, _("reference number of the nomination")),
    "seats": (Form.NUMBER, _("how many experts a Party may have")),
    "nominee": (Form.TEXT, _("name of the person nominated")),
    "request": (Form.TEXT, _("title of the request to confirm focal points")),
    "kind": (Form.TEXT, _("kinds of focal point")),
    "missing": (Form.TEXT, _("kinds of focal point that nobody is on record for")),
    "holder": (Form.TEXT, _("name of the focal point")),
    "since": (Form.DAYS, _("first day of the mandate")),
    "version": (Form.NUMBER, _("version of the submission")),
    "reason": (Form.LINES, _("reason given")),
    "note": (Form.LINES, _("text written for this occasion")),
    "link": (Form.LINK, _("personal link, on a line of its own")),
    "code": (Form.CODE, _("code to sign in, on a line of its own")),
    "secretariat": (Form.TEXT, _("name of the secretariat, from the letterhead")),
    "signatory": (Form.TEXT, _("who signs, from the letterhead")),
}

EVERYWHERE = frozenset({"secretariat", "signatory"})  # known to every letter without being told


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter: ``facts`` by placeholder, and what comes with it."""

    label: Promise
    facts: Mapping[str, Form]
    linked: bool = False
    coded: bool = False  # carries a code to sign in, which is as good as a password for some minutes
    printed: bool = False  # comes with itself as a PDF under the letterhead
    dated: bool = False  # may come with a calendar file

    @property
    def placeholders(self) -> Mapping[str, Form]:
        """Every placeholder a template of this kind may use."""
        filled_in = {name for name, carried in (("link", self.linked), ("code", self.coded)) if carried}
        named = set(self.facts) | EVERYWHERE | filled_in
        return {name: form for name, (form, _label) in PLACEHOLDERS.items() if name in named}


def _kind(
    label: Promise,
    facts: str,
    *,
    linked: bool = False,
    coded: bool = False,
    printed: bool = False,
    dated: bool = False,
) -> Kind:
    forms = {name: PLACEHOLDERS[name][0] for name in facts.split()}
    return Kind(label=label, facts=forms, linked=linked, coded=coded, printed=printed, dated=dated)


_PLACE = "dates city country"

KINDS: Mapping[str, Kind] = {
    "call-notification": _kind(
        _("Call for nominations"),
        f"name party programme workshop {_PLACE} deadline symbol seats file_reference issued areas thanks languages web "
        "mandate objective profiles papers criteria funding",
        linked=True,
        printed=True,
    ),
    "call-reminder": _kind(_("Reminder of a call"), "name party workshop deadline symbol", linked=True, printed=True),
    "call-extension": _kind(
        _("Extension of a call"),
        "name party workshop deadline previous_deadline symbol reason note",
        linked=True,
        printed=True,
    ),
    "reopening-granted": _kind(_("More time granted"), "name party workshop until symbol note", linked=True),
    "reopening-refused": _kind(_("More time refused"), "name party workshop symbol note"),
    "nomination-received": _kind(_("Nomination received"), "name nominee party workshop reference"),
    "endorsement-request": _kind(
        _("Request for the second signature"), "name nominee party workshop reference deadline kind", linked=True
    ),
    "papers-request": _kind(_("Papers missing"), "name nominee party workshop reference deadline papers", linked=True),
    "nomination-disputed": _kind(_("Nominations in dispute"), "name party workshop symbol"),
    "dispute-settled": _kind(_("Dispute settled"), "name holder party workshop symbol issued reason"),
    "selected": _kind(_("Selected"), f"name party workshop {_PLACE} reference reason"),
    "reserve": _kind(_("On the reserve list"), "name workshop reference reason"),
    "not-selected": _kind(_("Not selected"), "name workshop reference reason"),
    "invitation": _kind(
        _("Invitation"),
        f"name party workshop {_PLACE} reference respond_by",
        linked=True,
        printed=True,
        dated=True,
    ),
    "invitation-reminder": _kind(
        _("Reminder of an invitation"), f"name party workshop {_PLACE} reference respond_by", linked=True
    ),
    "invitation-cancelled": _kind(_("Invitation taken back"), "name workshop reference", dated=True),
    "acceptance-received": _kind(_("Acceptance received"), "name workshop reference", dated=True),
    "decline-received": _kind(_("Refusal received"), "name workshop reference"),
    "visa-ended": _kind(_("No visa in time"), "name workshop reference", dated=True),
    "replaced": _kind(_("Replaced by the Party"), "name workshop reference", dated=True),
    "registration-received": _kind(_("Registration received"), "name workshop reference"),
    "logistics-note": _kind(_("Note on travel and logistics"), f"name workshop {_PLACE} venue reference note"),
    "visa-support": _kind(
        _("Letter in support of a visa"), f"name party workshop {_PLACE} venue reference", printed=True
    ),
    "postponement": _kind(_("New dates"), f"name workshop previous {_PLACE} reference reason", dated=True),
    "put-off": _kind(
        _("Postponement until further notice"), "name workshop previous city country reference reason", dated=True
    ),
    "moved-online": _kind(_("Moved online"), "name workshop dates reference reason web", dated=True),
    "certificate": _kind(_("Certificate of participation"), f"name party workshop {_PLACE} reference", printed=True),
    "focal-point-request": _kind(
        _("Request to confirm focal points"), "name party request kind missing deadline note", linked=True
    ),
    "focal-point-reminder": _kind(
        _("Reminder to confirm focal points"), "name party request kind missing deadline", linked=True
    ),
    "focal-point-recorded": _kind(_("Designation recorded"), "name party kind since"),
    "address-changed": _kind(_("E-mail address changed"), "name party"),
    "deputy-named": _kind(_("Deputy named"), "name holder party kind web"),
    "sign-in-code": _kind(_("Code to sign in"), "name until", coded=True),
    "targets-request": _kind(_("Request for national targets"), "name party workshop deadline", linked=True),
    "submission-received": _kind(_("Submission received"), "name party programme version"),
    "submission-returned": _kind(_("Submission returned"), "name party programme version reason", linked=True),
    "submission-accepted": _kind(_("Submission accepted"), "name party programme version"),
}
