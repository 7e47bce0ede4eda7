"""The root of the REST API: every noun, and the schema that describes them."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.routers import APIRootView, DefaultRouter
from rest_framework.viewsets import ViewSetMixin

from participants.api.attendances import AttendanceViewSet
from participants.api.calls import CallViewSet
from participants.api.focal_points import FocalPointViewSet
from participants.api.imports import FocalPointExportViewSet
from participants.api.invitations import InvitationViewSet
from participants.api.messages import PersonalMessageViewSet
from participants.api.nominations import NominationViewSet
from participants.api.programmes import CountedProgrammeViewSet
from participants.api.registrations import RegistrationViewSet
from participants.api.reviews import CriterionViewSet, ReviewViewSet
from participants.api.selections import SelectionViewSet
from participants.api.workshops import AttendedWorkshopViewSet
from targets.api.areas import AreaViewSet
from targets.api.compilations import CompilationViewSet
from targets.api.submissions import SubmissionViewSet
from workshops.api.contributions import ContributionViewSet
from workshops.api.decisions import DecisionViewSet
from workshops.api.materials import MaterialViewSet
from workshops.api.outputs import OutputViewSet
from workshops.api.parties import PartyViewSet
from workshops.api.regions import RegionViewSet
from workshops.api.sessions import SessionViewSet
from workshops.api.targets import TargetViewSet

NOUNS: dict[str, type[ViewSetMixin]] = {
    "parties": PartyViewSet,
    "regions": RegionViewSet,
    "programmes": CountedProgrammeViewSet,
    "decisions": DecisionViewSet,
    "targets": TargetViewSet,
    "workshops": AttendedWorkshopViewSet,
    "sessions": SessionViewSet,
    "materials": MaterialViewSet,
    "outputs": OutputViewSet,
    "contributions": ContributionViewSet,
    "focal-points": FocalPointViewSet,
    "calls": CallViewSet,
    "nominations": NominationViewSet,
    "criteria": CriterionViewSet,
    "reviews": ReviewViewSet,
    "selections": SelectionViewSet,
    "invitations": InvitationViewSet,
    "registrations": RegistrationViewSet,
    "attendances": AttendanceViewSet,
    "submissions": SubmissionViewSet,
    "areas": AreaViewSet,
    "compilations": CompilationViewSet,
    "messages": PersonalMessageViewSet,
}


class NounsView(APIRootView):
    """The addresses of every noun."""

    authentication_classes = []


class NounRouter(DefaultRouter):
    """One address a noun; the format is asked for by the Accept header alone."""

    APIRootView = NounsView
    include_format_suffixes = False


router = NounRouter()
for noun, viewset in NOUNS.items():
    router.register(noun, viewset, basename=f"api-{noun}")

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(authentication_classes=[]), name="api-schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api-schema", authentication_classes=[]), name="api-docs"),
    path("focal-points/export.csv", FocalPointExportViewSet.as_view({"get": "export"}), name="api-focal-points-export"),
    path("", include(router.urls)),
]
