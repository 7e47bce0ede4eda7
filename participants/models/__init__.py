from participants.models.attendances import Attendance
from participants.models.calls import Call
from participants.models.focal_points import FocalPoint
from participants.models.invitations import Invitation
from participants.models.links import PersonalLink
from participants.models.nominations import Nomination, NominationDocument
from participants.models.organizations import Organization
from participants.models.persons import Person
from participants.models.registrations import Registration
from participants.models.selections import Selection, SelectionEntry

__all__ = [
    "Attendance",
    "Call",
    "FocalPoint",
    "Invitation",
    "Nomination",
    "NominationDocument",
    "Organization",
    "Person",
    "PersonalLink",
    "Registration",
    "Selection",
    "SelectionEntry",
]
