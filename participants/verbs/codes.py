"""Signing in by a code mailed to the registered address: asking for one, giving it back, and the account behind it.

What a stranger sees and how long it takes does not tell whether an address is known (docs/decisions/0017-codes.md).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from unicodedata import category, decimal

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from accounts.addresses import as_read
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import User
from accounts.tokens import CODE_DIGITS, code_fits, network_mark
from accounts.verbs.activities import record
from accounts.verbs.users import open_account
from correspondence.facts import Moment
from correspondence.hints import hint
from correspondence.verbs.messages import Code, Recipient, queue_message
from correspondence.verbs.relay import DELIVER_DUE
from participants.models import FocalPoint, Person, SignInCode
from participants.queries.codes import may_sign_in, needs_password
from participants.queries.focal_points import standing
from participants.verbs.letters import language_of

KIND = "sign-in-code"
GOOD_FOR = timedelta(minutes=15)
TRIES = 5  # of one code
WINDOW = timedelta(hours=1)
OF_ADDRESS, OF_NETWORK = 5, 30  # codes in a window
PAUSE = timedelta(minutes=1)  # before another code in the same browser
KEPT = timedelta(days=1)
# The outbox sends what waits longest first. Somebody sits before the page: the code passes every mailing let go since.
AHEAD = timedelta(days=30)
NAME_LIMIT = 200


class TooOften(Refused):
    """Too many codes or tries (429)."""

    status = 429


def send_code(address: str, *, at: datetime, network: str = "") -> SignInCode:
    """Mail a code to ``address`` if somebody registered there may sign in; the row is written either way.

    ``network`` is the network address that asks. Raises ``Invalid`` (``email_invalid``) about ``address`` and ``TooOften``
    (``too_many_codes``) after 5 codes an hour to one address or 30 from one network.
    """
    address = as_read(address, field="address").lower()
    with transaction.atomic():
        people = list(may_sign_in(address, at.date()))
        code = _take_turn(address, network_mark(network), known=bool(people), at=at)
        _write(code, people, at)
    return code


def resend_code(code: SignInCode, *, at: datetime, network: str = "") -> SignInCode:
    """Mail another code to the address of an earlier one. Raises as ``send_code`` and ``TooOften`` (``too_soon``)."""
    if at < code.created_at + PAUSE:
        raise TooOften("too_soon", _("The letter needs a minute to arrive. Wait that long, then ask for another code."))
    return send_code(code.address, at=at, network=network)


def _take_turn(address: str, network: str, *, known: bool, at: datetime) -> SignInCode:
    """Write the row unless its hour is full; of two at once the database lets one have the turn, the other counts again."""
    recent = SignInCode.objects.filter(created_at__gt=at - WINDOW)
    turns = SignInCode.objects.filter(address=address).order_by("-turn").values_list("turn", flat=True)
    for _again in range(OF_ADDRESS + 1):
        last = turns.first() or 0  # before counting: who commits in between is counted, or has the turn we ask for
        from_network = recent.filter(network=network).count() if network else 0
        if recent.filter(address=address).count() >= OF_ADDRESS or from_network >= OF_NETWORK:
            break
        try:
            with transaction.atomic():
                return SignInCode.objects.create(
                    address=address,
                    turn=last + 1,
                    network=network,
                    known=known,
                    created_at=at,
                    expires_at=at + GOOD_FOR,
                )
        except IntegrityError:
            continue
    raise TooOften(
        "too_many_codes",
        _("Too many codes were asked for. Wait an hour, or use the link in a letter of the secretariat."),
    )


def _write(code: SignInCode, people: Sequence[Person], at: datetime) -> None:
    """Write the letter; for nobody write one too and take it back, so that both take the same time."""
    names = ", ".join(person.name for person in people)
    first = people[0] if people else Person(name=code.address, email=code.address)
    mandate = standing(at.date(), person=first).select_related("party").first()
    with transaction.atomic():
        queue_message(
            key=f"{KIND}:{code.pk}",
            kind=KIND,
            recipient=Recipient(
                name=first.name,
                address=first.email,
                language=_language(first, mandate),
                person_key=first.pk if len(people) == 1 else None,
            ),
            context={
                "name": names if 0 < len(names) <= NAME_LIMIT else first.name,
                "until": Moment(code.expires_at, "UTC"),
            },
            about=code,
            topic="",
            link=Code(code.pk),
            at=at,
            due_at=at - AHEAD,
        )
        if not people:
            transaction.set_rollback(True)
    hint(DELIVER_DUE)


def _language(person: Person, mandate: FocalPoint | None) -> str:
    return language_of(person, mandate.party if mandate is not None else None, mandate)


def redeem_code(code: SignInCode, text: str, *, at: datetime) -> list[Person]:
    """Take a code back as somebody typed it, and return who may sign in by it: several where people share a mailbox.

    Blanks and hyphens do not count, digits may be of any script. Each try counts, whatever comes of it; a code is good once.
    Must stand outside any transaction. Raises ``Invalid`` about ``code`` (``code_unreadable``, which is no try, and
    ``code_wrong``) and ``Refused`` about ``code`` (``code_over``).
    """
    typed = _digits(text)
    with transaction.atomic(durable=True):  # a wrong try must stay counted when this raises
        row = SignInCode.objects.select_for_update().get(pk=code.pk)
        if row.used_at is not None or row.expires_at <= at or row.tries >= TRIES:
            raise Refused("code_over", _("This code is over. Ask for a new one."), field="code")
        row.tries += 1
        people = list(may_sign_in(row.address, at.date())) if row.known and code_fits(row.pk, typed) else []
        row.used_at = at if people else None
        row.save(update_fields=["tries", "used_at"])
    if not people:
        raise _wrong(TRIES - row.tries)
    return people


def _wrong(left: int) -> Invalid:
    if not left:
        sentence = _("This is not the code, and it was the last try. Ask for a new code.")
        return Invalid("code_wrong", sentence, field="code")
    said = ngettext(
        "This is not the code in the newest letter. You have %(count)s try left.",
        "This is not the code in the newest letter. You have %(count)s tries left.",
        left,
    )
    return Invalid("code_wrong", said % {"count": left}, field="code")


def _digits(text: str) -> str:
    """Return what was typed as ASCII digits; marks of direction come along when a code is copied from a mail."""
    kept = [letter for letter in text if category(letter) not in {"Zs", "Cc", "Cf", "Pd"}]
    if len(kept) != CODE_DIGITS or not all(letter.isdecimal() for letter in kept):
        sentence = _("The code has %(count)s digits; enter it as it stands in the letter.")
        raise Invalid("code_unreadable", sentence % {"count": CODE_DIGITS}, field="code")
    return "".join(str(decimal(letter)) for letter in kept)


def sign_in(person: Person, *, by: Actor, at: datetime) -> User:
    """Let somebody in whose code was redeemed; return the account. Raises as ``account_of``."""
    with transaction.atomic():
        user = account_of(person, by=by, at=at)
        record("sign_in", user, by=replace(by, user=user), at=at)
    return user


def account_of(person: Person, *, by: Actor, at: datetime) -> User:
    """Return a person's account, made without a password the first time.

    The account has the person's address; a guest's that is nobody's yet is taken, and whoever shares a mailbox with the
    holder of another one gets an address no mail goes to. Raises ``NotAllowed`` (``by_password``) when no code opens the
    account and ``Refused`` (``no_address``) for a person without one.
    """
    if not person.email:
        raise Refused("no_address", _("The register has no address of this person."))
    with transaction.atomic():
        # all of the mailbox: two of them who come at once must not make the same account
        mailbox = Person.objects.select_for_update(of=("self",)).filter(Q(email__iexact=person.email) | Q(pk=person.pk))
        locked = next(each for each in mailbox.order_by("pk") if each.pk == person.pk)
        user = locked.user or _tied(locked, by, at)
        if needs_password(user):
            raise NotAllowed("by_password", _("This account signs in with a password."))
    return user


def _tied(person: Person, by: Actor, at: datetime) -> User:
    user = User.objects.select_for_update().filter(email__iexact=person.email).first()
    if user is not None and needs_password(user):
        return user  # refused by the caller; it stays untied
    shared = user is not None and Person.objects.filter(user=user).exists()
    if user is None or shared:
        address = f"{person.pk}@people.invalid" if shared else person.email
        language = _language(person, standing(at.date(), person=person).select_related("party").first())
        user = open_account(email=address, name=person.name, language=language, by=by, at=at)
    person.user = user
    person.save(update_fields=["user"])
    record("link_account", person, by=by, at=at)
    return user


def sweep_codes(*, at: datetime) -> int:
    """Delete the codes of more than a day ago; return how many there were."""
    return SignInCode.objects.filter(created_at__lt=at - KEPT).delete()[0]
