"""Addresses of the workspace."""

from importlib.util import find_spec

from django.urls import include, path

from bosett_web.operations.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    *([path("", include("bosett_web.pages.urls"))] if find_spec("bosett_web.pages.urls") else []),
]
