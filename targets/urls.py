"""The page where a Party submits its national targets."""

from django.urls import path

from targets.portal import submissions

urlpatterns = [path("targets/<str:token>/", submissions.targets, name="targets")]
