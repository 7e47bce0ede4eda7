"""The activity log as sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ActivityEntry

# One sentence a verb, whichever floor it lives on; the log itself keeps the verb's name.
SENTENCES = {
    "added": gettext_lazy("%(who)s added %(what)s."),
    "changed": gettext_lazy("%(who)s changed %(what)s."),
    "deleted": gettext_lazy("%(who)s deleted %(what)s."),
    "issue_token": gettext_lazy("%(who)s gave %(what)s an API token."),
    "revoke_token": gettext_lazy("%(who)s took an API token back from %(what)s."),
}


def sentence(entry: ActivityEntry) -> str:
    """Return an entry as a sentence in the active language."""
    known = SENTENCES.get(entry.verb)
    values = {"who": entry.actor_label, "what": entry.subject_label, "verb": entry.verb.replace("_", " ")}
    return (known or _("%(who)s: %(verb)s, %(what)s.")) % values
