"""Time the county's desk through the workspace itself: the largest county's sheet, a saved cell, and who follows.

Prints the rows of a table. Each kind of request is timed in turn, so that what disturbs the machine disturbs all.
"""

import json
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.http import HttpResponseBase

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

COUNTY, PLACE, ROWS = "30", "3001", 51
TRIVIAL = "a page without a round (/accessibility)"
TIMES, WARM = 30, 5


@contextmanager
def workspace() -> Iterator[None]:
    """A workspace of the demo on an embedded server in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="bosett-bench-") as folder:
        Path(folder, "static").mkdir()
        os.environ |= {
            "BOSETT_VAR": folder,
            "BOSETT_DEMO": "1",
            "BOSETT_TESTING": "1",
            "BOSETT_SECRET_KEY": secrets.token_urlsafe(50),
        }
        os.environ["DJANGO_SETTINGS_MODULE"] = "bosett_web.config.settings"
        from bosett_web.operations.postgres import OWNER, Postgres  # noqa: PLC0415  - the environment comes first

        with Postgres(Path(folder) / "database") as server:
            os.environ["DATABASE_URL"] = server.url(OWNER)
            import django  # noqa: PLC0415
            from django.core.management import call_command  # noqa: PLC0415
            from django.db import connection  # noqa: PLC0415

            django.setup()
            call_command("migrate", verbosity=0)
            yield
            connection.close()


class Desk:
    """The county's case worker, logged in, in a round whose proposal has just been shared."""

    def __init__(self) -> None:
        from django.test import Client  # noqa: PLC0415

        from bosett.rounds.parties import Party  # noqa: PLC0415
        from bosett_web.accounts.models import Grant  # noqa: PLC0415
        from bosett_web.actions.round import demo  # noqa: PLC0415
        from bosett_web.screens.frame import signature  # noqa: PLC0415
        from parties import YEAR, decide_targets, share_proposal, worker  # noqa: PLC0415

        demo.begin()
        decide_targets()
        share_proposal()
        self.client, self.path = Client(SERVER_NAME="localhost"), f"/{YEAR}/counties/{COUNTY}"
        actor = worker(Party.COUNTY, COUNTY)
        grant = Grant.objects.get(seat=actor.seat_id, person=actor.person_id)
        self.client.post("/login/demo", {"grant": grant.pk})
        self.shown_to, self.number, self.changed = signature(actor), 9, 0

    def trivial(self) -> HttpResponseBase:
        """A page that asks for nothing of a round."""
        return self.client.get("/accessibility")

    def sheet(self) -> HttpResponseBase:
        """The whole page, with its two pictures."""
        return self.client.get(self.path)

    def save(self) -> HttpResponseBase:
        """One more person in one cell, as the sheet's script sends it."""
        before, self.number = self.number, self.number + 1
        cell = {"m": PLACE, "f": "number", "v": str(self.number), "b": str(before) if self.changed else ""}
        fields = {"shown_to": self.shown_to, "cells": json.dumps([cell])}
        answer = self.client.post(f"{self.path}/cells", fields, headers=JSON)
        self.changed = answer.json()["changed"]
        return answer

    def follow(self) -> HttpResponseBase:
        """What the sheet's script asks every few seconds."""
        return self.client.get(f"{self.path}/cells", {"since": self.changed}, headers=JSON)


JSON = {"accept": "application/json"}


def measured() -> Mapping[str, float]:
    """Return the median time of each kind of request, in seconds."""
    desk = Desk()
    asked: Mapping[str, tuple[Callable[[], HttpResponseBase], int]] = {
        TRIVIAL: (desk.trivial, 200),
        f"the sheet of Viken, {ROWS} municipalities": (desk.sheet, 200),
        "a cell saved, answered with every row": (desk.save, 200),
        "whoever follows asks, nothing is new": (desk.follow, 204),
    }
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(WARM + TIMES):
        for name, (ask, expected) in asked.items():
            start = time.perf_counter()
            answer = ask()
            taken[name].append(time.perf_counter() - start)
            if answer.status_code != expected:
                sys.exit(f"{name}: {answer.status_code}")
    if desk.sheet().getvalue().count(b"<tr id=") != ROWS:
        sys.exit(f"the sheet has not {ROWS} rows")
    return {name: statistics.median(times[WARM:]) for name, times in taken.items()}


def main() -> None:
    with workspace():
        medians = measured()
    for name, median in medians.items():
        print(f"| {name} | {median * 1000:.1f} ms | {median / medians[TRIVIAL]:.1f} |")


if __name__ == "__main__":
    main()
