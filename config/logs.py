"""What must not stand in a log."""

import logging
import re

PERSONAL = re.compile(r"(/my/(?:nominate|invitation|targets)/)[^/\s?]+")


class WithoutTokens(logging.Filter):
    """Takes the secret part out of the addresses of personal links, wherever a record carries one."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = PERSONAL.sub(r"\1…", record.getMessage())
        record.args = ()
        return True
