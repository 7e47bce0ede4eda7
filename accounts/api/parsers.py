"""Reading the body of a request."""

import json
import math
import re
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.utils.json import strict_constant

from accounts.errors import Invalid

# What PostgreSQL's text cannot hold, and what UTF-8 cannot write.
UNUSABLE = re.compile("[\x00\ud800-\udfff]")


class PlainJSONParser(BaseParser):
    """JSON in UTF-8 (RFC 8259), no longer than ``DATA_UPLOAD_MAX_MEMORY_SIZE`` bytes, of values that can be kept.

    REST framework's own parser reads a body of any length and in any charset the client names, and lets a deep nesting end in
    ``RecursionError``. A lone surrogate or an infinite number would break the very answer that refuses it.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002  # the framework's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002
    ) -> Any:
        """Return the parsed body; raises ``ParseError`` and ``Invalid`` (400) or ``RequestDataTooBig`` (413)."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise RequestDataTooBig
        try:
            document = json.loads(body.decode("utf-8"), parse_constant=strict_constant)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The request is not valid JSON.")) from error
        if not _is_usable(document):
            raise Invalid("value_unusable", _("The request holds a character or a number that cannot be kept."))
        return document


def _is_usable(value: object) -> bool:
    """Whether all texts and numbers inside can be stored and sent; walks without recursion."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and UNUSABLE.search(each):
            return False
        if isinstance(each, float) and not math.isfinite(each):
            return False
        if isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, list):
            waiting += each
    return True
