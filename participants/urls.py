"""The pages of people: nominate, answer an invitation, register."""

from django.urls import path

from participants.portal import (
    assigned,
    campaigns,
    codes,
    data,
    desk,
    drafts,
    focal_points,
    invitations,
    nominations,
    papers,
    ranks,
    registrations,
    reopenings,
    reviews,
    signatures,
    told,
)

# The pages of nominating, each under the same name behind both doors (``portal.seats``).
DOORS = ("nominate/<str:token>/", "calls/<uuid:call>/<str:party>/")
AT_A_SEAT = (
    ("", nominations.nominate, "nominate"),
    ("new/", drafts.begin, "begin"),
    ("contest/", nominations.contest, "contest"),
    ("order/", ranks.order, "order"),
    ("more-time/", reopenings.more_time, "more_time"),
    ("drafts/<uuid:key>/", drafts.draft, "draft"),
    ("drafts/<uuid:key>/discard/", drafts.discard, "discard"),
    ("drafts/<uuid:key>/papers/<str:kind>/", papers.draft_paper, "draft_paper"),
    ("<uuid:key>/replace/", nominations.replace, "replace"),
    ("<uuid:key>/substitute/", nominations.substitute, "substitute"),
    ("<uuid:key>/withdraw/", nominations.withdraw, "withdraw"),
    ("<uuid:key>/sign/", signatures.sign, "sign"),
    ("<uuid:key>/papers/", papers.papers, "papers"),
    ("<uuid:key>/papers/<str:kind>/", papers.paper, "paper"),
)

# The pages of an invited person, each under the same name behind both doors (``portal.invited``).
INVITED = ("invitation/<str:token>/", "invitations/<uuid:key>/")
OF_AN_INVITATION = (
    ("", invitations.invitation, "invitation"),
    ("accept/", invitations.accept, "accept"),
    ("decline/", invitations.decline, "decline"),
    ("visa-letter/", invitations.visa_letter, "visa_letter"),
    ("visa-refused/", invitations.visa_refused, "visa_refused"),
    ("register/<slug:stage>/", registrations.register, "register"),
    ("told/", told.told, "told"),
    ("complete/", registrations.complete, "complete"),
    ("photo/", registrations.photo, "photo"),
)

urlpatterns = [
    path("", desk.desk, name="my"),
    path("workshops/", assigned.workshops, name="my_workshops"),
    path("workshops/<slug:slug>/", assigned.workshop, name="my_workshop"),
    path("workshops/<slug:slug>/<uuid:key>/<str:what>/", assigned.sealed, name="my_workshop_sealed"),
    path("data/", data.data, name="my_data"),
    path("data/file/", data.take_out, name="my_data_file"),
    path("data/erase/", data.erase, name="my_erase"),
    path("party/", focal_points.party, name="my_party"),
    path("party/<uuid:key>/deputy/", focal_points.deputy, name="my_deputy"),
    path("party/deputies/<uuid:key>/end/", focal_points.deputy_end, name="my_deputy_end"),
    path("reviews/", reviews.reviews, name="my_reviews"),
    path("reviews/<uuid:call>/", reviews.call, name="review_call"),
    path("reviews/<uuid:call>/<uuid:key>/", reviews.dossier, name="review_dossier"),
    path("reviews/<uuid:call>/<uuid:key>/papers/<str:kind>/", reviews.paper, name="review_paper"),
    path("sign-in/code/", codes.code_sign_in, name="code_sign_in"),
    path("sign-in/code/send/", codes.send, name="send_code"),
    path("sign-in/code/again/", codes.send_again, name="send_code_again"),
    path("sign-in/code/who/", codes.who, name="code_who"),
    *(path(f"{door}{rest}", view, name=name) for door in DOORS for rest, view, name in AT_A_SEAT),
    *(path(f"{door}{rest}", view, name=name) for door in INVITED for rest, view, name in OF_AN_INVITATION),
    path("confirm/<str:token>/", campaigns.confirm, name="confirm"),
    path("confirm/<str:token>/<uuid:key>/right/", campaigns.right, name="confirm_right"),
    path("confirm/<str:token>/<uuid:key>/contact/", campaigns.contact, name="confirm_contact"),
    path("confirm/<str:token>/<uuid:key>/successor/", campaigns.successor, name="confirm_successor"),
    path("confirm/<str:token>/<uuid:key>/deputy/", campaigns.deputy, name="confirm_deputy"),
    path("confirm/<str:token>/<uuid:key>/deputy/<uuid:deputy>/end/", campaigns.deputy_ends, name="confirm_deputy_ends"),
]
