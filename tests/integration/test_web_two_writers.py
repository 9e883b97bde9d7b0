"""Two people on one county's sheet, by the page's own script and the server: what is saved is lost by neither's undo.

Each page is the real script (by Node), each request the real address; the test says what is written, undone and done
again, when a request reaches the server, and whether its answer comes back.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bosett.rounds.columns import BESIDE, FIELDS, TEXTS, TOGETHER
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.county import cells
from bosett_web.journal.models import Event, FreeText
from bosett_web.queries.standing import standing
from bosett_web.records.models import RecommendationLine
from parties import SHARED, YEAR
from readers import client_of
from sheetpages import SheetPage

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED), pytest.mark.bulk]
COUNTY, CODES = "46", ("4601", "4602")
PATH = f"/{YEAR}/counties/{COUNTY}/cells"
SAVED = "Alt er lagret."
KEEP = "Behold det lagrede"
BLANK: Mapping[str, cells.Value] = {name: "" if name in TEXTS else None for name in FIELDS}
WRITTEN = ("asked", "number", "under15", "reason", "signal")
Key = tuple[str, str]


@pytest.fixture
def pages() -> Iterator[tuple[SheetPage, SheetPage]]:
    pair = SheetPage(), SheetPage()
    yield pair
    for page in pair:
        page.close()


def rows() -> dict[str, dict[str, str]]:
    """Return what the server holds, as it is written in the cells."""
    lines = RecommendationLine.objects.filter(recommendation__round=YEAR, municipality__in=CODES)
    return {line.municipality: {name: cells.write_value(getattr(line, name)) for name in FIELDS} for line in lines}


def changes(since: int) -> list[tuple[Key, str, str]]:
    """Return each change of a cell in the journal since an event: the cell, what it was, what it became."""
    cell_changes = []
    for event in Event.objects.filter(pk__gt=since, name__in=["recommendation.edit", "round.undo"]).order_by("pk"):
        body = json.loads(event.body)
        texts = dict(FreeText.objects.filter(event=event).order_by("field").values_list("field", "text"))
        for code, fields in body["after"]["lines"].items():
            for name, value in fields.items():
                before, after = body["before"]["lines"][code].get(name), value
                if name in TEXTS:
                    before, after = (texts.get(f"{side}-{code}-{name}", "") for side in ("before", "after"))
                cell_changes.append(((code, name), cells.write_value(before), cells.write_value(after)))
    return cell_changes


@dataclass
class Writer:
    """One person: a page, a login, and what they may write over, as their page has shown it to them."""

    page: SheetPage
    client: Client
    mark: str
    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)
    may: set[tuple[Key, str]] = field(default_factory=set)
    wrote: set[tuple[Key, str]] = field(default_factory=set)

    def sees(self, key: Key) -> None:
        """They write a cell, and so over what their page shows in it, and in those that one key stroke sets with it."""
        code, name = key
        for each in TOGETHER if name in TOGETHER else (name,):
            self.may.add(((code, each), str(self.page.shown["cells"][f"{code}-{each}"]["held"])))

    def write(self, wanted: Mapping[Key, str]) -> None:
        for key, value in wanted.items():
            self.sees(key)
            self.agrees(key, value)
        self.page.do("write", cells=[["-".join(key), value] for key, value in wanted.items()])

    def agrees(self, key: Key, value: str) -> None:
        """They have written a value, and what it says of the choice or of the number: who writes the same agrees."""
        self.wrote.add((key, value))
        code, name = key
        if name == "asked" and value == "no":
            self.wrote.add(((code, "number"), "0"))
        if name == "number" and value:
            self.wrote.add(((code, "asked"), "no" if value == "0" else "yes"))

    def serve(self, method: str) -> None:
        """Let the server do a request that waits, once; its answer has not come back."""
        fields = self.page.requests[method]
        if method == "POST":
            assert fields is not None
            answer = self.client.post(PATH, {**fields, "shown_to": self.mark}, headers={"accept": "application/json"})
        else:
            answer = self.client.get(PATH, {"since": "begun"}, headers={"accept": "application/json"})
        assert answer.status_code == 200, answer.content
        self.answers[method] = answer.status_code, answer.json()

    def answer(self, method: str) -> None:
        status, answer = self.answers.pop(method)
        self.page.do("answer", method=method, status=status, told=answer)

    def deliver(self) -> None:
        """Send, and be answered, until nothing is on its way."""
        self.page.do("send")
        while "POST" in self.page.requests:
            if "POST" not in self.answers:
                self.serve("POST")
            self.answer("POST")

    def follow(self) -> None:
        self.page.do("follow")
        if "GET" in self.page.requests:
            self.serve("GET")
            self.answer("GET")

    def clashes(self) -> list[str]:
        shown = self.page.shown["cells"]
        return [name for name, cell in shown.items() if cell["note"].startswith("En annen har endret")]

    def put_right(self) -> None:
        """Take back what cannot stand."""
        while names := [name for name, cell in self.page.shown["cells"].items() if KEEP in cell["note"]]:
            self.page.do("choose", name=names[0], code="keep_stored")
            self.deliver()


def sit_down(pages: tuple[SheetPage, SheetPage]) -> list[Writer]:
    """Empty the sheet, and let two people open it."""
    RecommendationLine.objects.filter(municipality__in=CODES).update(**BLANK)
    changed = standing(YEAR).recommendations[COUNTY].changed
    writers = []
    for page, grade in zip(pages, (Grade.CASE_WORKER, Grade.APPROVER), strict=True):
        page.begin(rows(), changed)
        client = client_of(Party.COUNTY, COUNTY, grade)
        writers.append(Writer(page, client, str(client.get(f"/{YEAR}/").context["signed"])))
    return writers


def desk_of(pages: tuple[SheetPage, SheetPage]) -> type[RuleBasedStateMachine]:
    who, code = st.sampled_from([0, 1]), st.sampled_from(CODES)

    class Desk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.writers = sit_down(pages)
            self.fresh = count(1)
            self.owner: dict[Key, int] = {}

        def value(self, name: str, kind: int) -> str:
            """Return something to write, never written before when it is a number or a text; or nothing, or 0."""
            fresh = next(self.fresh)
            if name == "asked":
                return ("yes", "no", "")[kind % 3]
            if kind == 0:
                return ""
            if name == "reason":
                return f"Ord {fresh}"
            return "0" if kind == 1 else str(fresh if name == "under15" else 1000 + fresh)

        @rule(who=who, code=code, name=st.sampled_from(WRITTEN), kind=st.integers(0, 6))
        def write(self, who: int, code: str, name: str, kind: int) -> None:
            self.writers[who].write({(code, name): self.value(name, kind)})

        @rule(who=who, code=code, names=st.sets(st.sampled_from(WRITTEN[1:]), min_size=2))
        def paste(self, who: int, code: str, names: set[str]) -> None:
            self.writers[who].write({(code, name): self.value(name, 6) for name in WRITTEN if name in names})

        @rule(who=who, command=st.sampled_from(["undo", "redo", "undo"]))
        def turn(self, who: int, command: str) -> None:
            self.writers[who].page.do(command)

        @rule(who=who)
        def follow(self, who: int) -> None:
            self.writers[who].page.do("follow")

        @rule(who=who)
        def send(self, who: int) -> None:
            self.writers[who].page.do("send")

        def waiting(self) -> list[tuple[int, str]]:
            return [
                (at, method)
                for at, writer in enumerate(self.writers)
                for method in writer.page.requests
                if method not in writer.answers
            ]

        @precondition(lambda self: self.waiting())
        @rule(data=st.data())
        def reach(self, data: st.DataObject) -> None:
            at, method = data.draw(st.sampled_from(self.waiting()))
            self.serve(at, method)

        @precondition(lambda self: self.waiting())
        @rule(data=st.data())
        def reach_and_come_back(self, data: st.DataObject) -> None:
            at, method = data.draw(st.sampled_from(self.waiting()))
            self.serve(at, method)
            self.writers[at].answer(method)

        @precondition(lambda self: any(writer.answers for writer in self.writers))
        @rule(data=st.data(), lost=st.sampled_from([False, False, True]))
        def come_back(self, data: st.DataObject, lost: bool) -> None:
            on_the_way = [(writer, method) for writer in self.writers for method in writer.answers]
            writer, method = data.draw(st.sampled_from(on_the_way))
            if lost:
                del writer.answers[method]
                writer.page.do("answer", method=method)
            else:
                writer.answer(method)

        @precondition(lambda self: any(writer.clashes() for writer in self.writers))
        @rule(data=st.data(), mine=st.booleans())
        def choose(self, data: st.DataObject, mine: bool) -> None:
            clashes = [(writer, name) for writer in self.writers for name in writer.clashes()]
            writer, name = data.draw(st.sampled_from(clashes))
            if mine:
                code, _, each = name.partition("-")
                writer.sees((code, each))
            writer.page.do("choose", name=name, code="keep_mine" if mine else "take_theirs")

        def serve(self, at: int, method: str) -> None:
            """Let the server do a request, and hold what it changed against what its writer was shown."""
            since = Event.objects.order_by("-pk")[0].pk
            writer = self.writers[at]
            writer.serve(method)
            for key, before, after in changes(since):
                if before and self.owner.get(key) not in (None, at):
                    known = (key, before) in writer.may or (key, before) in writer.wrote
                    assert known, f"{key}: {before} of the other became {after!r} unseen"
                self.owner[key] = at

        @invariant()
        def what_is_said_to_be_saved_is(self) -> None:
            for writer in self.writers:
                if writer.page.says == SAVED:
                    for name, cell in writer.page.shown["cells"].items():
                        assert (cell["pending"], cell["value"], cell["note"]) == (False, cell["held"], ""), name

        def teardown(self) -> None:
            """Chosen and sent to the end, both pages show what the server holds."""
            for _ in range(4):
                for at, writer in enumerate(self.writers):
                    for method in list(writer.answers):
                        writer.answer(method)
                    for name in writer.clashes():
                        writer.page.do("choose", name=name, code="take_theirs")
                    for name in [name for name, cell in writer.page.shown["cells"].items() if KEEP in cell["note"]]:
                        writer.page.do("choose", name=name, code="keep_stored")
                    writer.page.do("send")
                    while "POST" in writer.page.requests:
                        self.serve(at, "POST")
                        writer.answer("POST")
            for writer in self.writers:
                writer.follow()
                stored = {f"{code}-{name}": value for code, line in rows().items() for name, value in line.items()}
                shown = {name: cell["value"] for name, cell in writer.page.shown["cells"].items()}
                assert shown == {name: value for name, value in stored.items() if name in shown}
                assert {name.partition("-")[2] for name in stored.keys() - shown.keys()} <= {*BESIDE}, (
                    "no cells of theirs"
                )
                assert writer.page.says == SAVED

    return Desk


def test_whatever_two_writers_do_neither_loses_what_was_saved(pages: tuple[SheetPage, SheetPage]) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    phases = [Phase.explicit, Phase.generate]  # to make a failure shorter takes minutes: add Phase.shrink to see why
    bounded = settings(
        max_examples=25, stateful_step_count=40, derandomize=True, phases=phases, suppress_health_check=checks
    )
    run_state_machine_as_test(desk_of(pages), settings=bounded)


one_act = st.tuples(st.sampled_from(CODES), st.sampled_from(WRITTEN), st.sampled_from(["", "0", "1", "7", "9"]))


@settings(max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(one_act, min_size=1, max_size=7))
def test_all_undone_is_the_beginning_and_all_done_again_the_end(
    pages: tuple[SheetPage, SheetPage], acts: list[tuple[str, str, str]]
) -> None:
    writer, _ = sit_down(pages)
    begun = rows()
    for code, name, value in acts:
        writer.write({(code, name): {"0": "no", "": ""}.get(value, "yes") if name == "asked" else value})
        writer.deliver()
        writer.put_right()
    ended = rows()
    for command, left, expected in (("undo", "done", begun), ("redo", "undone", ended)):
        while writer.page.shown[left]:
            writer.page.do(command)
            writer.deliver()
        assert rows() == expected, command
        assert writer.page.says == SAVED
