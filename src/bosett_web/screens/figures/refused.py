"""Why a file of figures or a publisher's answer is not taken, in the reader's own language.

A refusal of the core says a code and facts; what it has no code for is told in its own words, which are English, as are
those of a service that is quoted.
"""

import re
from collections.abc import Mapping
from datetime import date

from bosett.basis.refusals import CodedRefusal, Refusal
from bosett.documents.days import time_in
from bosett.documents.words import word_or
from bosett_web.screens.refusals import in_words
from bosett_web.screens.uploads import short
from bosett_web.screens.words import say

MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
FEW = 12
"""So many names are listed; of more it is told how many."""


def why_refused(refused: Refusal, language: str) -> str:
    """Return why a refusal of the core was made, in words."""
    return words_of(refused.code, refused.facts, language) if isinstance(refused, CodedRefusal) else str(refused)


def words_of(code: str, facts: Mapping[str, object], language: str) -> str:
    """Return a code and its facts in words, as they come from a refusal or as they were kept of one.

    Args:
        code: What the words are found by.
        facts: Plain data.
        language: nb, nn or en.
    """
    if code == "unread_file":
        return in_words(f"file_{facts['fault']}", facts, language)
    worded = {name: _fact(name, fact, language) for name, fact in facts.items()}
    if "series" in facts:
        worded["series"] = _series(facts, language)
    if code == "unread_cell":
        return _at(worded, _of_cell(worded, language), language)
    if code in ("unfetched_busy", "unfetched_refused") and facts.get("words"):
        code = f"{code}_in_words"
    sentence = in_words(code, worded, language)
    return say("figures_at_line", language, line=str(facts["line"]), what=sentence) if "line" in facts else sentence


def _of_cell(facts: Mapping[str, object], language: str) -> str:
    """Return what is wrong with what stands in a cell."""
    fault = str(facts.get("fault", ""))
    if not fault:
        return str(facts["words"])
    return in_words(f"file_{fault}" if fault.startswith("key_") else f"file_cell_{fault}", facts, language)


def _at(facts: Mapping[str, object], what: str, language: str) -> str:
    """Return what is wrong after where it stands; what stands nowhere has no place before it."""
    if not facts["cell"]:
        return what
    where = say("upload_at_sheet" if facts["sheet"] else "upload_at_cell", language, **facts)
    return f"{where}: {what}"


def _fact(name: str, fact: object, language: str) -> object:
    if name in ("time", "wanted") and isinstance(fact, str) and MONTH.fullmatch(fact):
        return time_in(fact, language)
    if isinstance(fact, list):
        names = [_series(each, language) if isinstance(each, Mapping) else str(each) for each in fact] or ["–"]
        more = len(names) - FEW
        return ", ".join(names[:FEW]) + (f" {say('figures_and_more', language, count=more)}" if more > 0 else "")
    if name == "cause":
        return say(f"unreached_{fact}", language)
    if name == "day" and isinstance(fact, str):
        return date.fromisoformat(fact)
    if name in ("status", "year", "byte"):
        return str(fact)  # a number that is no count
    return short(fact) if isinstance(fact, str) else fact


def _series(facts: Mapping[str, object], language: str) -> str:
    """Return what a series of figures is called, with its year or month."""
    name, time = str(facts["series"]), str(facts.get("time", ""))
    title = word_or(f"indicator_{name}", language, "")
    return ", ".join(each for each in (title, time_in(time, language) if time else "") if each)
