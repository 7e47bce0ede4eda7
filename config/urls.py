"""Every address of the planner."""

from django.contrib import admin
from django.urls import include, path

from config import api, health, pages

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include(api.urlpatterns)),
    path("admin/", admin.site.urls),
    path("webhooks/relay/", include("correspondence.urls")),
    path("my/", include("participants.urls")),
    path("my/", include("targets.urls")),
    path("", include(pages.urlpatterns)),
    path("", include("workshops.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"
