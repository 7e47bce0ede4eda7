"""Decisions of the Conference of the Parties and where they are cited."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from workshops.models import Decision, DecisionCitation, DecisionIssue
from workshops.queries.names import needle, searchable


def visible_to(user: User | AnonymousUser) -> QuerySet[Decision]:  # noqa: ARG001  # one signature for every noun
    """Return every decision: they are public."""
    return Decision.objects.all()


def citation_index(decision: Decision, issue: DecisionIssue, paragraphs: Iterable[str], parts: Iterable[str]) -> str:
    """Return a citation's search column: number, meeting, issue in every language, parts, and paragraphs with a sign."""
    words = [decision.reference, f"COP {decision.meeting} COP-{decision.meeting}", *issue.title.values(), *parts]
    marks = [_mark(paragraph) for paragraph in paragraphs]
    return f" {searchable(' '.join(words))} {''.join(f'{mark} ' for mark in marks)}"


def _mark(paragraph: str) -> str:
    return "§" + searchable(paragraph).replace(" ", "")


def search_citations(text: str) -> QuerySet[DecisionCitation]:
    """Return the citations that every word of ``text`` fits: ``forest``, ``COP 11``, ``XI/16``, ``X/29 §13``.

    A word with a stroke is a decision's number and a word with § a paragraph: those must fit whole. A text without words
    fits none.
    """
    words = searchable(text).split()
    if not words:
        return DecisionCitation.objects.none()
    found = DecisionCitation.objects.all()
    for word in words:
        whole = "/" in word or word.startswith("§")
        found = found.filter(search_text__contains=f" {word} " if whole else needle(word))
    return found


def search(text: str) -> QuerySet[Decision]:
    """Return the decisions one citation of which ``text`` fits, and the one whose number it is, cited or not."""
    cited = Decision.objects.filter(pk__in=search_citations(text).values("decision"))
    return cited | Decision.objects.filter(reference__iexact=text.strip())


def with_paragraph(paragraph: str) -> QuerySet[Decision]:
    """Return the decisions of which ``paragraph`` is cited, as printed: ``13``, ``3 (f)``."""
    wanted = f" {_mark(paragraph)} "
    return Decision.objects.filter(citations__search_text__contains=wanted).distinct()
