"""What every walk is given: a browser, started once for all walks of a worker, and empty at the start of each."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from walker import in_norway
from workspace import chromium


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    with chromium() as chrome:
        yield chrome


@pytest.fixture
def browser(chrome: Browser) -> Iterator[Browser]:
    yield chrome
    for left in chrome.contexts:
        left.close()


@pytest.fixture
def context(browser: Browser) -> BrowserContext:
    return in_norway(browser)
