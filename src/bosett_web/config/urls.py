"""Addresses of the workspace."""

from django.urls import include, path

from bosett_web.api.rounds import api
from bosett_web.operations.health import healthz
from bosett_web.operations.metrics import metrics

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("api/v1/", api.urls),
    path("", include("bosett_web.screens.urls")),
]

handler400 = "bosett_web.screens.site.faults.bad_request"
handler403 = "bosett_web.screens.site.faults.forbidden"
handler404 = "bosett_web.screens.site.faults.not_found"
handler500 = "bosett_web.screens.site.faults.failed"
