"""Filters of lists: every value is typed and short, so that a bad one is a 400 and never reaches the database."""

from typing import Any

from django import forms
from django_filters import rest_framework as filters  # type: ignore[import-untyped]  # it publishes no types

SMALLINT_MAX = 32_767
TEXT_MAX = 200

ChoiceFilter: Any = filters.ChoiceFilter
BooleanFilter: Any = filters.BooleanFilter
OrderingFilter: Any = filters.OrderingFilter
UUIDFilter: Any = filters.UUIDFilter


class NounFilters(filters.FilterSet):  # type: ignore[misc]  # it publishes no types
    """The filters of one noun; each is declared by name, none is derived from a model."""


class TextFilter(filters.CharFilter):  # type: ignore[misc]
    """Text of at most 200 characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=TEXT_MAX, **kwargs)


class DayFilter(filters.DateFilter):  # type: ignore[misc]
    """A day as ISO 8601 writes it, whatever the reader's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, input_formats=["%Y-%m-%d"], **kwargs)


class NumberFilter(filters.NumberFilter):  # type: ignore[misc]
    """A whole number that the database's small integers can hold."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=0, max_value=SMALLINT_MAX, **kwargs)
