"""The activity log as sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ActivityEntry

# One sentence a verb, whichever floor it lives on; the log itself keeps the verb's name. ``%(what)s`` is the row's label.
SENTENCES = {
    "accept_submission": gettext_lazy("%(who)s accepted the submission %(what)s."),
    "accepted": gettext_lazy("%(who)s accepted the invitation %(what)s."),
    "added": gettext_lazy("%(who)s added %(what)s."),
    "advance": gettext_lazy("%(who)s moved %(what)s to its next stage."),
    "ask_for_targets": gettext_lazy("%(who)s asked the Parties of %(what)s for their national targets."),
    "attach_document": gettext_lazy("%(who)s attached a paper to the nomination %(what)s."),
    "begin_mailing": gettext_lazy("%(who)s began the mailing %(what)s."),
    "cancel_invitation": gettext_lazy("%(who)s took back the invitation %(what)s."),
    "cancel_message": gettext_lazy("%(who)s withdrew the message %(what)s."),
    "cancel_workshop": gettext_lazy("%(who)s cancelled the workshop %(what)s."),
    "certify": gettext_lazy("%(who)s wrote a certificate of participation for %(what)s."),
    "change_person": gettext_lazy("%(who)s changed the record of %(what)s."),
    "changed": gettext_lazy("%(who)s changed %(what)s."),
    "close_call": gettext_lazy("%(who)s closed the call %(what)s."),
    "compile_submissions": gettext_lazy("%(who)s finished the compilation %(what)s."),
    "confirm_message": gettext_lazy("%(who)s marked the message %(what)s as arrived."),
    "copy_for_practice": gettext_lazy("%(who)s made the practice copy %(what)s."),
    "create_account": gettext_lazy("%(who)s made the account %(what)s."),
    "declined": gettext_lazy("%(who)s declined the invitation %(what)s."),
    "deleted": gettext_lazy("%(who)s deleted %(what)s."),
    "designate": gettext_lazy("%(who)s recorded the mandate %(what)s."),
    "discard_mailing": gettext_lazy("%(who)s discarded the letters of %(what)s."),
    "drop_mailing": gettext_lazy("%(who)s wrote no letter for %(what)s."),
    "edit_message": gettext_lazy("%(who)s edited the message %(what)s."),
    "end_mandate": gettext_lazy("%(who)s ended the mandate %(what)s."),
    "extend_call": gettext_lazy("%(who)s extended the call %(what)s."),
    "fail_compilation": gettext_lazy("%(who)s could not finish the compilation %(what)s."),
    "invite": gettext_lazy("%(who)s sent the invitation %(what)s."),
    "issue_token": gettext_lazy("%(who)s gave %(what)s an API token."),
    "link_account": gettext_lazy("%(who)s tied an account to %(what)s."),
    "mark_dead": gettext_lazy("%(who)s noted that mail no longer reaches %(what)s."),
    "mark_away": gettext_lazy("%(who)s found the mail server away: %(what)s."),
    "mark_back": gettext_lazy("%(who)s found the mail server back: %(what)s."),
    "nominate": gettext_lazy("%(who)s sent the nomination %(what)s."),
    "open_call": gettext_lazy("%(who)s opened the call %(what)s."),
    "postpone_workshop": gettext_lazy("%(who)s moved the workshop %(what)s to other days."),
    "record_attendance": gettext_lazy("%(who)s marked a presence: %(what)s."),
    "record_organization": gettext_lazy("%(who)s recorded the organization %(what)s."),
    "record_person": gettext_lazy("%(who)s recorded %(what)s."),
    "record_report": gettext_lazy("%(who)s recorded what came back about the message %(what)s."),
    "register": gettext_lazy("%(who)s registered %(what)s."),
    "remind_call": gettext_lazy("%(who)s sent reminders of the call %(what)s."),
    "release_mailing": gettext_lazy("%(who)s sent the letters of %(what)s."),
    "request_compilation": gettext_lazy("%(who)s asked for the compilation %(what)s."),
    "resend_message": gettext_lazy("%(who)s sent the message %(what)s again."),
    "restart_compilation": gettext_lazy("%(who)s restarted the compilation %(what)s."),
    "restore_template": gettext_lazy("%(who)s wrote an earlier text again: letter template %(what)s."),
    "restore_message": gettext_lazy("%(who)s put the message %(what)s back into its mailing."),
    "retry_compilation": gettext_lazy("%(who)s asked again for the compilation %(what)s."),
    "retry_message": gettext_lazy("%(who)s queued the message %(what)s again."),
    "return_submission": gettext_lazy("%(who)s returned the submission %(what)s."),
    "revive_address": gettext_lazy("%(who)s noted that mail reaches %(what)s again."),
    "revoke_link": gettext_lazy("%(who)s revoked the link “%(what)s”."),
    "revoke_token": gettext_lazy("%(who)s took an API token back from %(what)s."),
    "seed": gettext_lazy("%(who)s put reference data in place for %(what)s."),
    "select": gettext_lazy("%(who)s decided the selection %(what)s."),
    "send_logistics_note": gettext_lazy("%(who)s sent a note to the participants of %(what)s."),
    "set_password": gettext_lazy("%(who)s set a password for %(what)s."),
    "start_mail": gettext_lazy("%(who)s started mail again: %(what)s."),
    "stop_mail": gettext_lazy("%(who)s stopped all mail: %(what)s."),
    "submit_targets": gettext_lazy("%(who)s submitted national targets: %(what)s."),
    "support_visa": gettext_lazy("%(who)s asked for a letter in support of a visa: %(what)s."),
    "unlink_account": gettext_lazy("%(who)s untied the account of %(what)s."),
    "withdraw": gettext_lazy("%(who)s withdrew the nomination %(what)s."),
    "write_letterhead": gettext_lazy("%(who)s changed the letterhead."),
    "write_template": gettext_lazy("%(who)s wrote the letter template %(what)s."),
}


def sentence(entry: ActivityEntry) -> str:
    """Return an entry as a sentence in the active language; a verb without one is named."""
    known = SENTENCES.get(entry.verb)
    values = {"who": entry.actor_label, "what": entry.subject_label, "verb": entry.verb.replace("_", " ")}
    return (known or _("%(who)s: %(verb)s, %(what)s.")) % values
