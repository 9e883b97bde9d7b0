"""Asking a service over HTTP: every fault on the way becomes a value, none an exception."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import requests

from bosett_web.dispatch.port import coded

LONGEST_TOLD = 500
"""Characters kept of what a service says."""


@dataclass(frozen=True, slots=True)
class ServiceAnswer:
    """What came back: the status, 0 when nothing did; the body; and what was told, in its words or a code of ours."""

    status: int
    words: str
    body: Any = None

    @property
    def good(self) -> bool:
        """Whether the service did what it was asked."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def refusal(self) -> bool:
        """Whether it said no for good. Too many, too slow and its own faults are no answer."""
        soon = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)
        return HTTPStatus.BAD_REQUEST <= self.status < HTTPStatus.INTERNAL_SERVER_ERROR and self.status not in soon

    @property
    def missing(self) -> bool:
        """Whether it knows no such thing."""
        return self.status == HTTPStatus.NOT_FOUND

    def field(self, name: str) -> str:
        """Return a text of the body; empty when it is not there."""
        return str(self.body.get(name) or "") if isinstance(self.body, dict) else ""


class NoAccess(Exception):
    """Nobody gives us access to a service now, as a code says; nothing has been sent."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its address, what each call carries, how long it may take in seconds, and what gives access to it."""

    address: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    seconds: float = 60
    access: Callable[[], Mapping[str, str]] | None = None

    def call(self, method: str, path: str, **sent: Any) -> ServiceAnswer:  # noqa: ANN401  - as requests takes it
        """Call the service once; redirects are not followed, as no letter goes where nobody named."""
        try:
            headers = {**self.headers, **(self.access() if self.access else {}), **sent.pop("headers", {})}
        except NoAccess as fault:
            return ServiceAnswer(0, str(fault))
        try:
            response = requests.request(
                method,
                f"{self.address.rstrip('/')}{path}",
                headers=headers,
                timeout=self.seconds,
                allow_redirects=False,
                **sent,
            )
        except requests.RequestException as fault:
            return ServiceAnswer(0, coded("no_answer", kind=type(fault).__name__))
        try:
            body = response.json()
        except ValueError:
            body = None
        return ServiceAnswer(
            response.status_code, f"{response.status_code} {response.text[:LONGEST_TOLD]}".strip(), body
        )
