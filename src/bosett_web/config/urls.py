"""Addresses of the workspace."""

from django.urls import path

from bosett_web.operations.health import healthz

urlpatterns = [path("healthz", healthz, name="healthz")]
