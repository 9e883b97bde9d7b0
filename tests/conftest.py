"""What holds for every test: no outside address, and one seed of hypothesis profiles."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings
from pytest_socket import disable_socket

# Named here, as those of a plugin would give way to pytest-django's own.
from web_database import application, application_role, django_db_modify_db_settings  # noqa: F401

# Nothing is judged by the clock: a busy machine is no fault of a test.
settings.register_profile("bosett", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("bosett")

# The workers measure how much of the code they come through, and not what their tests start: it would be slower.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.pop("COVERAGE_PROCESS_START", None)

WITH_SOCKETS = {"e2e"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest: no worker waits for one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


UNMEASURED = ("bulk", "long", "solver")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure nothing in a test that asks the same again and again, or takes long: it would take twice as long."""
    measuring = Coverage.current() if any(map(item.get_closest_marker, UNMEASURED)) else None
    if measuring:
        measuring.stop()
    try:
        return (yield)
    finally:
        if measuring:
            measuring.start()


@pytest.fixture(autouse=True)
def closed_sockets(request: pytest.FixtureRequest) -> None:
    """Close sockets in every test but the browser walks, which talk to a browser on this machine."""
    if WITH_SOCKETS.isdisjoint(Path(request.node.path).parts):
        disable_socket(allow_unix_socket=True)
