"""Every channel shows each reader, at each time, exactly what the visibility table says: no number too early.

A new channel is one line in CHANNELS. Each thing carries a mark that cannot be taken for another: the municipality's
number begins with three digits of its own, and all others are 1, so that a sum over them gives the mark away too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone

from bosett.geography import municipalities
from bosett.rounds.parties import PUBLIC, Grade, Party, Who
from bosett.rounds.visibility import Thing, may_see
from bosett_web.accounts.models import Grant
from bosett_web.actions.releases.publishing import publish
from bosett_web.queries.releases import published
from bosett_web.queries.standing import forget_kept
from bosett_web.records import clock
from bosett_web.records.models import (
    FinalNumber,
    Meeting,
    Proposal,
    ProposalLine,
    Recommendation,
    RecommendationLine,
    Request,
    SettlementRound,
)
from bosett_web.screens.site.desk import is_open
from parties import DEMO, SHARED, YEAR
from readers import led_from
from web_database import Start

pytestmark = pytest.mark.django_db

OWN, COUNTY, NAME = "4601", "46", "Bergen"
NEIGHBOUR, OTHER = "4602", "11"
READERS: Mapping[str, tuple[Party, str]] = {
    "public": (Party.PUBLIC, ""),
    "municipality": (Party.MUNICIPALITY, OWN),
    "neighbour": (Party.MUNICIPALITY, NEIGHBOUR),
    "county": (Party.COUNTY, COUNTY),
    "other_county": (Party.COUNTY, OTHER),
    "ks": (Party.KS, ""),
    "ministry": (Party.MINISTRY, ""),
    "directorate": (Party.DIRECTORATE, ""),
}
EVERYONE = " ".join(READERS)

NUMBERS = {"draft": 211, "proposed": 322, "recommended": 433, "outcome": 544, "final": 655, "corrected": 766}
PLACE, SAID = "Ugla møterom", "Slik ble det sagt"
MARKS = {mark: re.compile(rf"(?<!\w){digits}(?:\u00a0|&nbsp;)?\d{{3}}(?!\w)") for mark, digits in NUMBERS.items()}
IDENTITIES = re.compile(r'(?:name="(?:shown_to|grant|person|seat|event)" value|data-owner)="[^"]*"')
"""What a form says of who and which: its numbers count up from test to test, and may look like a mark."""
MARKS |= {"meeting": re.compile(rf"{PLACE}|#m-{COUNTY}"), "minutes": re.compile(SAID)}

CHANNELS: Mapping[str, tuple[str, str]] = {
    "overview": ("", ""),
    "targets": ("targets", ""),
    "journal": ("journal", ""),
    "proposal": ("proposal", "draft proposed"),
    "counties": ("counties", "recommended outcome"),
    "county": (f"counties/{COUNTY}", "recommended"),
    "county_csv": (f"counties/{COUNTY}.csv", "recommended"),
    "meetings": ("meetings", "meeting minutes"),
    "meeting": (f"meetings/{COUNTY}", "meeting"),
    "room": (f"meetings/{COUNTY}/room", "meeting"),
    "minutes": (f"meetings/{COUNTY}/minutes", "minutes"),
    "calendar": (f"meetings/{COUNTY}.ics", "meeting"),
    "ks": ("ks", ""),
    "numbers": ("numbers", "final corrected"),
    "county_numbers": (f"numbers/{COUNTY}", "final corrected"),
    "country": ("country", ""),
    "own": ("own", ""),
    "decisions": ("decisions", ""),
    "decisions_csv": ("decisions.csv", ""),
    "export": ("numbers.csv", "proposed recommended outcome final corrected"),
    "explained": (f"why/{OWN}", "proposed corrected"),
    "explained_request": (f"why/{OWN}/request-1", ""),
    "explained_proposal": (f"why/{OWN}/proposal-1", "draft proposed"),
    "search": (f"search?q={NAME}", "proposed recommended outcome final corrected"),
    "search_county": ("search?q=Vestland", "meeting"),
}
"""Each channel's address (from the round's own, unless it begins with /), and the marks that it shows."""
FIRST = {"overview", "decisions", "decisions_csv", "own", "explained", "explained_request"}
"""Channels that tell the first requests, which are kept, or the newest sent."""
PUBLISHED: Mapping[str, str] = {
    "/api/v1/rounds": "",
    f"/api/v1/rounds/{YEAR}": "",
    f"/api/v1/rounds/{YEAR}/news": "",
    f"/api/v1/rounds/{YEAR}/numbers": "corrected",
    f"/api/v1/rounds/{YEAR}/municipalities/{OWN}": "proposed recommended outcome corrected",
    f"/api/v1/rounds/{YEAR}/counts": "",
    f"/api/v1/rounds/{YEAR}/releases": "",
    "/nb/": "",
    f"/nb/{YEAR}/": "",
    f"/nb/{YEAR}/places": "corrected",
    f"/nb/{YEAR}/counties/{COUNTY}": "corrected",
    f"/nb/{YEAR}/municipalities/{OWN}": "proposed recommended outcome corrected",
    f"/nb/{YEAR}/calendar": "",
    f"/nb/{YEAR}/criteria": "",
    f"/nb/{YEAR}/data": "",
    f"/nb/{YEAR}/news.atom": "",
    f"/nb/find?q={NAME}": "",
}
"""What programs and people read of releases, the same for all, and the marks it shows when the public sees them."""


@dataclass(frozen=True)
class Stage:
    """A time in the round: the states of its things, and who sees each mark then."""

    name: str
    proposal: str
    recommendation: str
    meeting: str
    round: str
    seen: Mapping[str, str]


_PARTIES = "directorate ks county"
STAGES = (
    Stage(
        "computed",
        *("computed", "open", "planned", "open"),
        {
            "draft": "directorate",
            "recommended": "county",
            "outcome": "county",
            "meeting": "directorate",
            "minutes": "directorate",
            "final": "directorate",
        },
    ),
    Stage(
        "shared",
        *("shared", "ready", "invited", "open"),
        {
            "proposed": f"{_PARTIES} other_county",
            "recommended": "county",
            "outcome": "county",
            "meeting": _PARTIES,
            "minutes": "directorate",
            "final": "directorate",
        },
    ),
    Stage(
        "submitted",
        *("shared", "submitted", "held", "numbers_submitted"),
        {
            "proposed": f"{_PARTIES} other_county",
            **dict.fromkeys(("recommended", "outcome", "meeting", "minutes"), _PARTIES),
            "final": "directorate",
        },
    ),
    Stage(
        "frozen",
        *("shared", "final", "held", "frozen"),
        {
            "proposed": f"{_PARTIES} other_county",
            **dict.fromkeys(("recommended", "outcome", "meeting", "minutes", "final"), _PARTIES),
        },
    ),
    Stage(
        "sent",
        *("shared", "final", "held", "frozen"),
        {
            "proposed": f"{_PARTIES} other_county",
            **dict.fromkeys(("recommended", "outcome", "meeting", "minutes"), _PARTIES),
            "final": f"{_PARTIES} municipality",
        },
    ),
    Stage(
        "corrected",  # a correction whose letter is not sent: the municipality still sees what its letter said
        *("shared", "final", "held", "frozen"),
        {
            "proposed": f"{_PARTIES} other_county",
            **dict.fromkeys(("recommended", "outcome", "meeting", "minutes", "corrected"), _PARTIES),
            "final": "municipality",
        },
    ),
    Stage(
        "released",
        *("shared", "final", "held", "frozen"),
        dict.fromkeys(("proposed", "recommended", "outcome", "meeting", "minutes", "corrected"), EVERYONE),
    ),
)
_THINGS = {
    "draft": Thing.PROPOSAL,
    "proposed": Thing.PROPOSAL,
    "recommended": Thing.RECOMMENDATION,
    "outcome": Thing.RECOMMENDATION,
    "meeting": Thing.MEETING,
    "minutes": Thing.MINUTES,
    "final": Thing.NUMBER,
    "corrected": Thing.NUMBER,
}


def table_says(stage: Stage, mark: str) -> set[str]:
    """Return who sees a mark by the visibility table."""
    thing = _THINGS[mark]
    state = {
        Thing.PROPOSAL: stage.proposal,
        Thing.RECOMMENDATION: stage.recommendation,
        Thing.NUMBER: "sent" if (stage.name, mark) == ("sent", "final") else stage.round,
    }.get(thing, stage.meeting)
    state = "released" if stage.name == "released" else state
    area = "" if thing is Thing.PROPOSAL else COUNTY
    own = OWN if thing is Thing.NUMBER else ""
    whos = {name: PUBLIC if party is Party.PUBLIC else Who(1, party, code) for name, (party, code) in READERS.items()}
    return {name for name, who in whos.items() if may_see(who, thing, state, area, own)}


def client_of(name: str) -> Client:
    client = Client()
    party, area = READERS[name]
    if party is not Party.PUBLIC:
        grant = Grant.objects.get(seat__party=party, seat__area=area, grade=Grade.CASE_WORKER)
        assert client.post("/login/demo", {"grant": grant.pk}).status_code == 302
    return client


def address(channel: str) -> str:
    path = CHANNELS[channel][0]
    return path if path.startswith("/") else f"/{YEAR}/{path}"


def is_led_on(name: str, channel: str) -> bool:
    """Tell whether a reader is led from a channel of the desk to a public page, or to log in."""
    return name == "public" and not is_open(resolve(address(channel).partition("?")[0]))


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code in (200, 404), (path, answer.status_code)
    text = str(answer.content.decode())
    return text.replace("\r\n ", "")  # a calendar file folds its lines


def mark_all() -> None:
    """Let every thing of the round carry its mark."""
    everywhere = [place.code for place in municipalities(YEAR)]

    def number(mark: str, code: str) -> int:
        return NUMBERS[mark] * 1000 if code == OWN else 1

    for code in (OWN, ""):
        lines = RecommendationLine.objects.filter(recommendation__round=YEAR)
        lines = lines.filter(municipality=OWN) if code else lines.exclude(municipality=OWN)
        lines.update(asked=True, number=number("recommended", code), outcome=number("outcome", code))
    county_of = {place.code: place.county for place in municipalities(YEAR)}
    FinalNumber.objects.bulk_create(
        FinalNumber(round_id=YEAR, municipality=code, county=county_of[code], number=number("final", code))
        for code in everywhere
    )
    Meeting.objects.create(round_id=YEAR, county=COUNTY, at=timezone.now(), place=PLACE, agenda="Tall", minutes=SAID)


MARKED = Start(mark_all, SHARED)


def stages() -> Iterator[Stage]:
    """Take the marked round from stage to stage."""
    for stage in STAGES:
        draft = stage.proposal != "shared"
        Proposal.objects.filter(round=YEAR).update(state=stage.proposal)
        lines = ProposalLine.objects.filter(proposal__round=YEAR)
        lines.exclude(municipality=OWN).update(number=1)
        lines.filter(municipality=OWN).update(number=NUMBERS["draft" if draft else "proposed"] * 1000)
        Recommendation.objects.filter(round=YEAR).update(state=stage.recommendation)
        Meeting.objects.filter(round=YEAR).update(state=stage.meeting)
        SettlementRound.objects.filter(pk=YEAR).update(state=stage.round)
        if stage.name == "frozen":
            Request.objects.bulk_create(
                _request(row.municipality, 1, row.number) for row in FinalNumber.objects.filter(round=YEAR)
            )
        if stage.name == "sent":
            Request.objects.filter(round=YEAR, municipality=OWN).update(sent_at=clock.moment())
        if stage.name == "corrected":
            _request(OWN, 2, NUMBERS["corrected"] * 1000).save()
        if stage.name == "released":
            SettlementRound.objects.filter(pk=YEAR).update(release_at=clock.moment())
        yield stage


def _request(code: str, version: int, number: int) -> Request:
    return Request(round_id=YEAR, municipality=code, version=version, number=number, day=clock.today())


@pytest.mark.begins_at(MARKED)
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_shows_each_reader_exactly_what_the_table_says(channel: str) -> None:
    clients = {name: client_of(name) for name in READERS}
    shows = set(CHANNELS[channel][1].split())
    for stage in stages():
        for name, client in clients.items():
            if is_led_on(name, channel):
                assert led_from(address(channel)).startswith(("/nb/", "/login"))
                continue
            text = IDENTITIES.sub("", text_of(client, address(channel)))
            shown = {mark for mark, pattern in MARKS.items() if pattern.search(text)}
            may = {mark for mark, seers in stage.seen.items() if name in seers.split()}
            if channel in FIRST and "corrected" in may:
                may.add("final")
            if channel == "explained_proposal" and "final" in may and name == "municipality":
                may.add("proposed")  # its own number comes with its reasons, and the proposal is one of them
            assert shown <= may, f"{stage.name}: {name} is shown too much"
            assert shown >= may & shows, f"{stage.name}: {name} is shown too little"


@pytest.mark.begins_at(MARKED)
def test_what_is_published_shows_everybody_what_the_public_may_see_and_no_more() -> None:
    clients = [client_of(name) for name in ("public", "municipality", "directorate")]
    for number, stage in enumerate(stages(), 1):
        publish(YEAR)
        may = {mark for mark, seers in stage.seen.items() if "public" in seers.split()}
        if "corrected" in may:
            may.add("final")  # first requests are kept
        newest = published.newest_of(YEAR).number
        assert newest <= number
        whole = {f"/api/v1/rounds/{YEAR}/releases/{newest}": "proposed corrected"}
        for path, shows in {**PUBLISHED, **whole}.items():
            text, *others = (text_of(client, path) for client in clients)
            assert {*others} == {text}, (stage.name, path)
            shown = {mark for mark, pattern in MARKS.items() if pattern.search(text)}
            assert may & set(shows.split()) <= shown <= may, (stage.name, path)


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_what_is_expected_is_what_the_table_says(stage: Stage) -> None:
    for mark, seers in stage.seen.items():
        if (stage.name, mark) != ("corrected", "final"):
            assert table_says(stage, mark) == set(seers.split()), mark


@pytest.mark.begins_at(MARKED)
def test_a_sum_that_gives_a_number_away_is_found() -> None:
    lines = RecommendationLine.objects.filter(recommendation__round=YEAR)
    total = sum(filter(None, lines.values_list("number", flat=True)))
    assert MARKS["recommended"].search(f"{total:,}".replace(",", "\u00a0"))
    assert not MARKS["recommended"].search(f"a{total}f")  # within a checksum


@pytest.mark.begins_at(DEMO)
@pytest.mark.parametrize("path", ["criteria", "search?q=anmodningskriterier"])
def test_criteria_that_are_not_shared_are_seen_by_the_central_parties(path: str) -> None:
    title = "Forslag til anmodningskriterier"
    logged_in = [name for name in READERS if name != "public"]
    readers = {name for name in logged_in if title in text_of(client_of(name), f"/{YEAR}/{path}")}
    assert readers == {"ks", "ministry", "directorate"}
    publish(YEAR)
    public = client_of("public")
    for address_of_public in (led_from(f"/{YEAR}/{path}"), f"/nb/{YEAR}/criteria"):
        assert title not in text_of(public, address_of_public)


@pytest.mark.begins_at(MARKED)
def test_a_link_that_search_shows_leads_somewhere() -> None:
    for stage in stages():
        if stage.name not in ("shared", "sent"):
            continue
        publish(YEAR)
        for name in READERS:
            client = client_of(name)
            if name == "public":
                texts = [text_of(client, led_from(address(channel))) for channel in ("search", "search_county")]
                for link in re.findall(rf'href="(/nb/{YEAR}/[^"#]*)', "".join(texts)):
                    assert client.get(link).status_code == 200, link
                continue
            main = text_of(client, address("search")).split("<main")[1] + text_of(client, address("search_county"))
            for link in re.findall(rf'href="(/{YEAR}/(?:numbers|counties|meetings|criteria)/?[^"#]*)', main):
                assert client.get(link).status_code == 200, (name, link)


QUERIES = {"search": 20, "search_county": 20}


@pytest.mark.begins_at(MARKED)
def test_search_asks_the_database_a_fixed_number_of_times() -> None:
    client = client_of("directorate")
    for _ in stages():
        counts = {}
        for channel in QUERIES:
            forget_kept()
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address(channel)).status_code == 200
            counts[channel] = len(asked)
        assert counts == QUERIES
