"""The pages of people: nominate, answer an invitation, register."""

from django.urls import path

from participants.portal import campaigns, desk, invitations, nominations

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
    path("confirm/<str:token>/", campaigns.confirm, name="confirm"),
    path("confirm/<str:token>/<uuid:key>/right/", campaigns.right, name="confirm_right"),
    path("confirm/<str:token>/<uuid:key>/contact/", campaigns.contact, name="confirm_contact"),
    path("confirm/<str:token>/<uuid:key>/successor/", campaigns.successor, name="confirm_successor"),
    path("confirm/<str:token>/<uuid:key>/deputy/", campaigns.deputy, name="confirm_deputy"),
    path("confirm/<str:token>/<uuid:key>/deputy/<uuid:deputy>/end/", campaigns.deputy_ends, name="confirm_deputy_ends"),
]
