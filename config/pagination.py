"""Pages of a list."""

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from accounts.pages import KeyPaginator

MOST_DIGITS = 9


class PagePagination(PageNumberPagination):
    """``page`` counts from 1; ``page_size`` is 1 to 200 rows, 50 unless asked otherwise; ``count`` is of all rows."""

    django_paginator_class = KeyPaginator
    page_size = 50
    page_size_query_param = "page_size"
    page_size_query_description = "Rows a page, 1 to 200."
    max_page_size = 200

    def get_page_size(self, request: Request) -> int:
        """Return the rows a page; more than the most means the most, no number is an error (400)."""
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not (asked.isascii() and asked.isdigit()) or not asked.strip("0"):
            sentence = _("Give a number from 1 to %(most)d.") % {"most": self.max_page_size}
            raise ValidationError({self.page_size_query_param: [sentence]}, code="invalid_page_size")
        return int(asked) if len(asked) <= MOST_DIGITS and int(asked) <= self.max_page_size else self.max_page_size
