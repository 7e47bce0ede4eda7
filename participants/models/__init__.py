from participants.models.asked import AskedStage, RegistrationAnswer, RegistrationQuestion, RegistrationTerms
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
from participants.models.journeys import Journey, Stay
from participants.models.links import PersonalLink
from participants.models.needs import EmergencyContact, Needs
from participants.models.nominations import Nomination, NominationDocument
from participants.models.organizations import Organization
from participants.models.persons import Person
from participants.models.purges import Purge
from participants.models.questions import SelectionQuestion
from participants.models.registrations import Registration, SavedStage
from participants.models.reopenings import Reopening
from participants.models.replacements import Replacement
from participants.models.reviews import Criterion, Mark, Review, Reviewer
from participants.models.rules import Budget, Lock, SelectionRules
from participants.models.selections import CostPart, Selection, SelectionEntry
from participants.models.territories import TerritoryDecision
from participants.models.travel_documents import TravelDocument
from participants.models.visas import Visa, VisaRule

__all__ = [
    "AskedStage",
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
    "EmergencyContact",
    "Endorsement",
    "FocalPoint",
    "Invitation",
    "Journey",
    "Lock",
    "Mark",
    "Merge",
    "Needs",
    "Nomination",
    "NominationDocument",
    "NominationDraft",
    "Organization",
    "Person",
    "PersonalLink",
    "Purge",
    "Registration",
    "RegistrationAnswer",
    "RegistrationQuestion",
    "RegistrationTerms",
    "Reopening",
    "Replacement",
    "Review",
    "Reviewer",
    "SavedStage",
    "Selection",
    "SelectionEntry",
    "SelectionQuestion",
    "SelectionRules",
    "SignInCode",
    "Stay",
    "TerritoryDecision",
    "TravelDocument",
    "Visa",
    "VisaRule",
]
