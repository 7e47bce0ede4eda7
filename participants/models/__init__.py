from participants.models.attendances import Attendance
from participants.models.calls import Call
from participants.models.campaigns import Campaign, CampaignEntry
from participants.models.codes import SignInCode
from participants.models.defects import Defect
from participants.models.disputes import Dispute
from participants.models.drafts import DraftDocument, NominationDraft
from participants.models.duplicates import DuplicatePair, Merge
from participants.models.endorsements import Endorsement
from participants.models.extensions import CallExtension
from participants.models.focal_points import FocalPoint
from participants.models.imports import DirectoryImport, DirectoryRow
from participants.models.invitations import Invitation
from participants.models.links import PersonalLink
from participants.models.nominations import Nomination, NominationDocument
from participants.models.organizations import Organization
from participants.models.persons import Person
from participants.models.questions import SelectionQuestion
from participants.models.registrations import Registration
from participants.models.reopenings import Reopening
from participants.models.reviews import Criterion, Mark, Review, Reviewer
from participants.models.rules import Budget, Lock, SelectionRules
from participants.models.selections import CostPart, Selection, SelectionEntry
from participants.models.territories import TerritoryDecision

__all__ = [
    "Attendance",
    "Budget",
    "Call",
    "CallExtension",
    "Campaign",
    "CampaignEntry",
    "CostPart",
    "Criterion",
    "Defect",
    "DirectoryImport",
    "DirectoryRow",
    "Dispute",
    "DraftDocument",
    "DuplicatePair",
    "Endorsement",
    "FocalPoint",
    "Invitation",
    "Lock",
    "Mark",
    "Merge",
    "Nomination",
    "NominationDocument",
    "NominationDraft",
    "Organization",
    "Person",
    "PersonalLink",
    "Registration",
    "Reopening",
    "Review",
    "Reviewer",
    "Selection",
    "SelectionEntry",
    "SelectionQuestion",
    "SelectionRules",
    "SignInCode",
    "TerritoryDecision",
]
