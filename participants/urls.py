"""The pages of people: nominate, answer an invitation, register."""

from django.urls import path

from participants.portal import desk, invitations, nominations

urlpatterns = [
    path("", desk.desk, name="my"),
    path("nominate/<str:token>/", nominations.nominate, name="nominate"),
    path("nominate/<str:token>/<uuid:key>/withdraw/", nominations.withdraw, name="withdraw"),
    path("nominate/<str:token>/<uuid:key>/papers/", nominations.papers, name="papers"),
    path("calls/<uuid:call>/<str:party>/", nominations.nominate, name="nominate"),
    path("calls/<uuid:call>/<str:party>/<uuid:key>/withdraw/", nominations.withdraw, name="withdraw"),
    path("calls/<uuid:call>/<str:party>/<uuid:key>/papers/", nominations.papers, name="papers"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("invitation/<str:token>/accept/", invitations.accept, name="accept"),
    path("invitation/<str:token>/decline/", invitations.decline, name="decline"),
    path("invitation/<str:token>/visa-letter/", invitations.visa_letter, name="visa_letter"),
]
