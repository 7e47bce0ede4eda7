"""The public pages."""

from django.urls import path

from workshops.portal import decisions, parties, programmes, workshops

urlpatterns = [
    path("", programmes.home, name="home"),
    path("programmes/<slug:slug>/", programmes.programme, name="programme"),
    path("workshops/<slug:slug>/", workshops.workshop, name="workshop"),
    path("materials/<uuid:key>/", workshops.material, name="material"),
    path("outputs/<uuid:key>/", workshops.output, name="output"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("parties/", parties.parties, name="parties"),
]
