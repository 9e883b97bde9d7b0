"""`bosett-web organisations`."""

import argparse
import json
import secrets
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from bosett.basis.structures import structure_of
from bosett.sources.answers import documents
from bosett.sources.enhetsregisteret import (
    COUNTY,
    MUNICIPALITY,
    BodiesByPlace,
    fetch_bodies,
    of_counties,
    of_municipalities,
    read_bodies,
)
from bosett.sources.fetching import Fetched, Fetcher, joined
from bosett.sources.transport import over_http, pause
from bosett_web.actions.access.organisations import take_in
from bosett_web.actions.doing import Invalid
from bosett_web.operations.console import DONE, FOUND, say
from bosett_web.operations.console.commands import CannotBeDone
from bosett_web.queries.access.organisations import Comparison, OrganisationChange, compare
from bosett_web.records import clock
from bosett_web.screens.refusals import in_words

FORMS = {MUNICIPALITY: "municipalities", COUNTY: "counties"}
INDEX = "Write all pages of both forms, KOMM and FYLK"


def run(args: argparse.Namespace) -> int:
    """Show what would change and, when it is asked for, do it.

    Raises:
        CannotBeDone: Neither files nor the register are named, or both; or a role is another organisation's.
    """
    if bool(args.files) == bool(args.from_register):
        raise CannotBeDone("name the files with Enhetsregisteret's answers, or ask it by --from-register")
    today = clock.today()
    fetcher = Fetcher(over_http, today, pause, secrets.randbelow)
    answers = _asked(fetcher) if args.from_register else _saved(fetcher, args.files)
    return taken(answers, args.day or today, today, accept=args.accept)


def taken(answers: dict[str, Fetched], day: date, today: date, *, accept: bool) -> int:
    """Compare answers with the workspace, tell what differs, and take it in when it is asked for.

    Args:
        answers: Enhetsregisteret's, by form.
        day: A day of the structure that is to be in force.
        today: The day from which the addresses are known.
        accept: Whether to do it.

    Raises:
        CannotBeDone: A role is another organisation's.
    """
    structure = structure_of(day.year)
    bodies: tuple[BodiesByPlace, BodiesByPlace] = (
        of_municipalities(read_bodies(answers[MUNICIPALITY], MUNICIPALITY), structure),
        of_counties(read_bodies(answers[COUNTY], COUNTY), structure),
    )
    if accept:
        sums = " ".join(answers[form].sha256 for form in FORMS)
        try:
            compared = take_in(*bodies, year=day.year, known_on=today, sha256=sums)
        except Invalid as fault:
            raise CannotBeDone(in_words(fault.code, fault.facts, "en")) from None
    else:
        compared = compare(*bodies, day.year)
    for line in _told(compared, accept=accept):
        say(line)
    return FOUND if compared.lacking or compared.several or compared.clashes else DONE


def _asked(fetcher: Fetcher) -> dict[str, Fetched]:
    return {form: fetch_bodies(fetcher, form) for form in FORMS}


def _saved(fetcher: Fetcher, files: Sequence[Path]) -> dict[str, Fetched]:
    """Return the saved answers by the form of their units.

    Raises:
        CannotBeDone: A form has none.
    """
    answers: dict[str, list[Fetched]] = defaultdict(list)
    for path in files:
        fetched = fetcher.fetch(path)
        answers[_form(fetched)].append(fetched)
    for form, words in FORMS.items():
        if form not in answers:
            raise CannotBeDone(f"no file holds organisations of {words} (organisasjonsform {form}). {INDEX}")
    return {form: joined(parts) for form, parts in answers.items()}


def _form(fetched: Fetched) -> str:
    """Return the form of the first unit of an answer; empty when there is none."""
    first = documents(fetched)[0]
    units = first.get("_embedded", {}).get("enheter", []) if isinstance(first, dict) else first
    unit = units[0] if isinstance(units, list) and units else {}
    form = unit.get("organisasjonsform") if isinstance(unit, dict) else None
    return str(form.get("kode", "")) if isinstance(form, dict) else ""


def _told(compared: Comparison, *, accept: bool) -> Iterator[str]:
    for change in compared.changes:
        yield _change_told(change)
    for words, rows in (
        ("cannot be done", compared.clashes),
        ("no address", compared.without_address),
        ("no organisation in the register", compared.lacking),
        ("more than one organisation in the register", compared.several),
        ("here, and no longer in the structure", compared.no_longer),
    ):
        for row in rows:
            yield f"{words}: {row}"
    made = sum(each.before is None for each in compared.changes)
    counts = f"{made} new, {len(compared.changes) - made} changed, {compared.same} as they are"
    yield f"{counts}: done" if accept else f"{counts}. Nothing has been done: --accept does it"


def _change_told(change: OrganisationChange) -> str:
    after, before = change.after, change.before
    roles = " and ".join(f"{party} {area}".strip() for party, area, _ in after.seats)
    if before is None:
        return f"new: {after.orgnr} {after.name}, {roles}; {after.address or 'no address'}"
    parts = {
        "number": f"number {before.orgnr} -> {after.orgnr}",
        "name": f"name {json.dumps(before.name, ensure_ascii=False)} -> {json.dumps(after.name, ensure_ascii=False)}",
        "seats": f"takes the roles {roles}",
        "address": f"address {before.address or '-'} -> {after.address}",
    }
    return f"changed: {after.orgnr} {after.name}: {'; '.join(parts[each] for each in change.differs)}"
