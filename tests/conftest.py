"""What holds for every test: no outside address, and one seed of hypothesis profiles."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import disable_socket

# Named here, as those of a plugin would give way to pytest-django's own.
from web_database import application, application_role, django_db_modify_db_settings  # noqa: F401

# Nothing is judged by the clock: a busy machine is no fault of a test.
settings.register_profile("bosett", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("bosett")

WITH_SOCKETS = {"e2e"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the browser walks, which take longest: no worker waits for one at the end."""
    items.sort(key=lambda item: "e2e" not in item.path.parts)


@pytest.fixture(autouse=True)
def closed_sockets(request: pytest.FixtureRequest) -> None:
    """Close sockets in every test but the browser walks, which talk to a browser on this machine."""
    if WITH_SOCKETS.isdisjoint(Path(request.node.path).parts):
        disable_socket(allow_unix_socket=True)
