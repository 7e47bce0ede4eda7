from workshops.models.assignments import Assignment
from workshops.models.contributions import Contribution
from workshops.models.curricula import CurriculumItem
from workshops.models.decisions import Decision, DecisionCitation, DecisionIssue
from workshops.models.host_offers import HostOffer
from workshops.models.materials import Material
from workshops.models.outputs import Output
from workshops.models.parties import Party, PartyName
from workshops.models.programmes import Coverage, Expectation, Mandate, Partner, Programme
from workshops.models.regions import Region, RegionMembership
from workshops.models.sessions import Session
from workshops.models.targets import Framework, Target
from workshops.models.workshops import Workshop

__all__ = [
    "Assignment",
    "Contribution",
    "Coverage",
    "CurriculumItem",
    "Decision",
    "DecisionCitation",
    "DecisionIssue",
    "Expectation",
    "Framework",
    "HostOffer",
    "Mandate",
    "Material",
    "Output",
    "Partner",
    "Party",
    "PartyName",
    "Programme",
    "Region",
    "RegionMembership",
    "Session",
    "Target",
    "Workshop",
]
