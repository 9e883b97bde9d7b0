"""What is published of a round: all that the public may know, as soon as it may, frozen, and nothing else."""

import json
import time
from datetime import date

import pytest

from bosett.rounds.parties import Party
from bosett_web.actions.releases.publishing import publish, publish_all
from bosett_web.queries.releases import published
from bosett_web.records.models import PublishedRelease, ReleasePart
from parties import FROZEN, YEAR, worker

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(FROZEN)]

def test_first() -> None:
    t=time.time(); assert publish_all(); print("all", time.time()-t)
    t=time.time(); assert not publish_all(); print("again", time.time()-t)
    t=time.time(); assert not publish(2021); print("one", time.time()-t)
    row = published.newest_of(YEAR)
    t=time.time(); release = published.release(row); print("read", time.time()-t)
    print({n: len(ReleasePart.objects.get(pk=s).content) for n,s in PublishedRelease.objects.get(round=YEAR).parts.items()})
    assert release.hash == row.sha256
    print(release.round.news)
    from django.db import connection
    assert 0
