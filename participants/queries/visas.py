"""What the host asks of a participant: by nationality and by document (edge cases E08, E09)."""

from participants.models import Registration, VisaRule


def rule_for(registration: Registration) -> VisaRule | None:
    """Return the most exact rule that fits a registration: nationality before kind of document; ``None`` while none does."""
    document = registration.travel_documents.filter(position=1).first()
    kind = document.kind if document is not None else ""
    workshop = registration.invitation.nomination.call.workshop
    fitting = [
        rule
        for rule in workshop.visa_rules.all()
        if rule.nationality_id in (None, registration.nationality_id) and rule.kind in ("", kind)
    ]
    return max(fitting, key=lambda rule: (rule.nationality_id is not None, rule.kind != ""), default=None)
