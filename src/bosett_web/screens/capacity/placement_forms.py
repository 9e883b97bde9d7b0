"""What is filled in of who can move in where, and what is done with it."""

from collections.abc import Mapping, Sequence

from bosett.basis.languages import LANGUAGES
from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import NoWeek, Week, read_week
from bosett.documents.county_sheet import plain
from bosett.sources.limits import MOST_FILE, UnreadableFile
from bosett.sources.values import NotRead, read_number
from bosett.sources.waiting_table import COLUMNS, WrittenGroup, read_waiting_table
from bosett.stages.placement import BadWaitingGroup, HouseholdKind, MovingIn, WaitingGroup
from bosett_web.accounts.actor import Actor
from bosett_web.actions.capacity import placement
from bosett_web.actions.doing import Invalid
from bosett_web.screens.capacity.forms import WeekField
from bosett_web.screens.fields import CarriedField, ChoiceField, FileField, KeyField, NumberField, PickField, TextField
from bosett_web.screens.forms import PageForm, ReasonForm
from bosett_web.screens.refusals import in_words
from bosett_web.screens.words import WORDS, say

KINDS = [(each.value, f"place_{each}") for each in PlaceKind]


class WaitingForm(PageForm):
    """The groups that wait: a pasted table or a file."""

    table = TextField("waiting_table", explained="waiting_table_help", rows=6)
    file = FileField("waiting_file", most=MOST_FILE, kinds=".xlsx, .csv")


class AgreeForm(ReasonForm):
    """A place that is agreed."""

    group = PickField("placement_group", needed=True, missing="not_a_choice")
    count = NumberField("placement_count", needed=True)
    municipality = PickField("municipality", needed=True, missing="not_a_choice")
    week = WeekField("placement_week", needed=True)
    kind = ChoiceField("capacity_kind", KINDS, needed=True)
    field_order = ("group", "count", "municipality", "week", "kind", "reason")


class SeenPlanForm(PageForm):
    """The plan that was looked at, to be kept."""

    seen = CarriedField()


class AgreedForm(ReasonForm):
    """A place that was agreed, and is lifted."""

    identity = KeyField()


def wait(actor: Actor, year: int, form: PageForm) -> object:
    """Tell which groups wait."""
    name, content = form.file_of("file")
    if not content:
        name, content = "table.csv", form.text_of("table").encode()
    if len(content) > MOST_FILE:
        raise Invalid("file", "file_large", {"most": MOST_FILE // 1024 // 1024})
    if not content.strip():
        raise Invalid("table", "waiting_no_group")
    return placement.wait(actor, year=year, groups=groups_of(name, content, form.spoken))


def agree(actor: Actor, year: int, form: PageForm) -> object:
    """Agree on a place."""
    moving = MovingIn(
        form.text_of("group"),
        form.text_of("municipality"),
        form.cleaned_data["week"],
        PlaceKind(form.text_of("kind")),
        form.key_of("count"),
        form.text_of("reason"),
    )
    return placement.agree(actor, year=year, moving=moving)


def lift(actor: Actor, year: int, form: PageForm) -> object:
    """Lift what was agreed."""
    return placement.lift(actor, year=year, identity=form.key_of("identity"), reason=form.text_of("reason"))


def keep(actor: Actor, year: int, form: PageForm) -> object:
    """Keep the plan that was looked at."""
    return placement.keep(actor, year=year, seen=form.text_of("seen"))


def groups_of(name: str, content: bytes, language: str) -> list[WaitingGroup]:
    """Return the groups of a table.

    Raises:
        Invalid: It is no such table, or a row cannot stand: each is told, with its line and column.
    """
    try:
        table = read_waiting_table(name, content, headings())
    except UnreadableFile as refused:
        code = "waiting_no_heading" if refused.code == "no_heading" else f"file_{refused.code}"
        raise Invalid("table", code, refused.facts) from None
    faults, groups = [], []
    for row in table.groups:
        wrong = list[str]()
        group = _group(row, language, wrong)
        faults += wrong
        groups += [] if group is None else [group]
    if faults:
        raise Invalid("table", "waiting_faults", {"faults": " ".join(faults)})
    return groups


def headings() -> Mapping[str, Sequence[str]]:
    """Return the headings of the columns of a table, in every language."""
    return {column: tuple(plain(say(f"waiting_{column}", language)) for language in LANGUAGES) for column in COLUMNS}


def _group(row: WrittenGroup, language: str, faults: list[str]) -> WaitingGroup | None:
    """Return the group of a row; None when something in it cannot stand, which is added to the faults in words."""

    def fault(column: str, words: str) -> None:
        faults.append(
            say("waiting_fault", language, line=row.line, column=say(f"waiting_{column}", language), why=words)
        )

    def number(column: str) -> int | None:
        try:
            read = read_number(row.cells.get(column, ""))
        except NotRead as refused:
            fault(column, in_words(refused.code, refused.facts, language))
            return None
        if read is None:
            fault(column, say("number_missing", language))
        return read

    if not row.cells.get("code", ""):
        fault("code", say("text_missing", language))
    kind = _kind(row.cells.get("kind", ""))
    if kind is None:
        fault("kind", say("not_a_choice", language))
    size, count, waited = (number(column) for column in ("size", "count", "waited"))
    first, is_week = _week(row.cells.get("first", ""))
    if not is_week:
        fault("first", say("not_a_week", language))
    if not row.cells.get("code", "") or kind is None or size is None or count is None or waited is None or not is_week:
        return None
    try:
        return WaitingGroup(
            code=row.cells["code"],
            kind=kind,
            size=size,
            count=count,
            waited=waited,
            first=first,
        )
    except BadWaitingGroup:
        fault("size", say("waiting_bad_size", language))
        return None


def _kind(written: str) -> HouseholdKind | None:
    """Return the kind that words name, in any language."""
    for each in HouseholdKind:
        names = {WORDS[f"household_{each}"].in_language(language).casefold() for language in LANGUAGES}
        if written.casefold() in names | {each.value}:
            return each
    return None


def _week(written: str) -> tuple[Week | None, bool]:
    """Return the week, None when nothing is written; and whether what is written can be one."""
    try:
        return (read_week(written) if written else None), True
    except NoWeek:
        return None, False
