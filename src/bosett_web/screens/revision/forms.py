"""What is filled in of an alert and of a revision, and what is done with it."""

from collections.abc import Callable, Mapping

from bosett.apportion import TieRule
from bosett.geography import municipalities
from bosett.sources.values import NotRead, read_number
from bosett.stages.revision import RevisionWay
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid
from bosett_web.actions.revision import alerts, revisions
from bosett_web.actions.revision.revisions import GivenRevision
from bosett_web.screens.fields import CarriedField, CheckField, ChoiceField, KeyField, NumberField, PickField, TextField
from bosett_web.screens.forms import PageForm, VersionForm, VersionReasonForm

WAYS = [(each.value, f"revision_way_{each}") for each in RevisionWay]
TIES = [("", "revision_tie_none"), *((each.value, f"revision_tie_{each}") for each in TieRule)]


class SeenRevisionForm(VersionForm):
    """A revision that is handed on, with the digest of the numbers that were looked at."""

    seen = CarriedField()


class RevisionForm(PageForm):
    """A new total, how it is shared, and why."""

    total = NumberField("revision_total", needed=True)
    way = ChoiceField("revision_way", WAYS, needed=True)
    floor = NumberField("revision_floor", needed=True, explained="revision_floor_help")
    step = NumberField("revision_step", needed=True, explained="revision_step_help")
    tie_rule = PickField("revision_tie", TIES, explained="revision_tie_help")
    may_drop = CheckField("revision_may_drop")
    take_in = CheckField("revision_take_in")
    ask_all = CheckField("revision_ask_all")
    locks = TextField("revision_locks", explained="revision_locks_help", rows=3)
    why = TextField("revision_why", needed=True, explained=("revision_why_help", "no_person"), rows=3)


class RevisionChangeForm(RevisionForm):
    """A draft that is changed."""

    version = KeyField()


def given(form: PageForm, year: int) -> GivenRevision:
    """Return a revision as it is filled in.

    Raises:
        Invalid: A line of the locks names no municipality or holds no number.
    """
    return GivenRevision(
        total=form.number_of("total"),
        way=form.text_of("way"),
        floor=form.number_of("floor"),
        step=form.number_of("step"),
        may_drop=bool(form.text_of("may_drop")),
        take_in=bool(form.text_of("take_in")),
        ask_all=bool(form.text_of("ask_all")),
        tie_rule=form.text_of("tie_rule"),
        why=form.text_of("why"),
        locks=locks_of(form.text_of("locks"), year),
    )


def locks_of(written: str, year: int) -> Mapping[str, int]:
    """Return the locks that are written, a municipality's code or name and its number on each line.

    Raises:
        Invalid: A line names no municipality, one of several with the same name, or one twice; or holds no number.
    """
    places = municipalities(year)
    locks: dict[str, int] = {}
    for number, line in enumerate(written.splitlines(), 1):
        if not line.strip():
            continue
        who, _, count = line.strip().replace("\t", " ").replace(";", " ").rpartition(" ")
        who = who.strip().strip(",:")
        codes = [each.code for each in places if who.casefold() in (each.code, each.display_name.casefold())]
        try:
            persons = read_number(count)
        except NotRead:
            persons = None
        if len(codes) != 1 or persons is None or codes[0] in locks:
            raise Invalid("locks", "revision_lock_line", {"line": number})
        locks[codes[0]] = persons
    return locks


def draft(actor: Actor, year: int, form: PageForm) -> object:
    """Draft a revision."""
    return revisions.draft(actor, year=year, given=given(form, year))


def change(actor: Actor, year: int, form: PageForm) -> object:
    """Change a draft."""
    return revisions.change(actor, year=year, version=form.key_of("version"), given=given(form, year))


def acknowledge(actor: Actor, year: int, form: VersionReasonForm) -> object:
    """Acknowledge an alert."""
    version, reason = form.key_of("version"), form.text_of("reason")
    return alerts.acknowledge(actor, year=year, version=version, reason=reason)


def handed_on(function: Callable[..., object]) -> Callable[[Actor, int, PageForm], object]:
    """Return what hands a revision on as it was looked at."""
    return lambda actor, year, form: function(
        actor, year=year, version=form.key_of("version"), seen=form.text_of("seen")
    )
