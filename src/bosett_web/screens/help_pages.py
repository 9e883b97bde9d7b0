"""What the help tells of each page: its title, its keys, the words of the glossary on it, and the guides it is part of.

What a page is for stands in words under `help_` and the name of its address; what can be done on it, and by whom, is
read from the table of moves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bosett_web.screens import formats
from bosett_web.screens.words import WORDS, say

TERM = "term_"
"""How the codes of the glossary's words begin; each has its meaning under `meaning_`."""
SHEET_KEYS = ("move", "pick", "copy", "fill", "clear", "undo", "note", "list", "escape")
GUIDE = "guide_"
"""How the names of guides begin among the names of the help's pages, and the codes of their words."""
GUIDES: Mapping[str, tuple[str, ...]] = {
    "round": ("round_1", "round_2", "round_3", "round_4", "round_5", "round_6"),
    "sheet": ("sheet_1", "sheet_2", "sheet_3", "sheet_4", "sheet_5"),
    "letters": ("letters_1", "letters_2", "letters_3", "letters_4"),
    "answer": ("answer_1", "answer_2", "answer_3", "answer_4"),
    "move": ("move_1", "move_2", "move_3", "move_4"),
}
"""The guides, each with its steps."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """What the help tells of a page beside what it is for.

    Attributes:
        title: Code of the words that the page is called by.
        words: Codes of the glossary's words that stand on it.
        keys: Codes of the keys that work on it, beside that of the help.
        guides: Guides that the page is a part of.
        own: Moves of other screens that stand on the page too.
    """

    title: str
    words: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


def _page(title: str, words: str = "", guides: str = "", keys: tuple[str, ...] = (), own: str = "") -> HelpPage:
    return HelpPage(title, tuple(words.split()), keys, tuple(guides.split()), tuple(own.split()))


DESK: Mapping[str, HelpPage] = {
    "overview": _page("nav_overview", "round settlement_year duty news directorate", "round"),
    "notices": _page("nav_notices", "notice stop restart stream resettlement"),
    "capacity": _page("nav_capacity", "capacity_report asking firmness lead_time"),
    "county_capacity": _page("help_title_county_capacity", "capacity_report firmness lead_time county_municipality"),
    "placement": _page("help_title_placement", "waiting_group opening plan tie"),
    "inputs": _page("nav_inputs", "input county_municipality"),
    "criteria": _page("nav_criteria", "criterion weight measure indicator reference_model committee", "round"),
    "criteria_try": _page("help_title_criteria_try", "weight floor ceiling alternative claim"),
    "criteria_write": _page("criteria_write", "criterion weight measure indicator floor ceiling alternative"),
    "criteria_sensitivity": _page("help_title_criteria_sensitivity", "weight forecast claim"),
    "forecasts": _page("nav_forecasts", "forecast low_middle_high need", "round"),
    "need": _page("nav_need", "need scenario assumption stream resettlement reception minor low_middle_high"),
    "targets": _page("nav_targets", "target committee minor forecast", "round"),
    "proposal": _page("nav_proposal", "proposal claim floor tie run", "round"),
    "history": _page("help_title_history", "asked decision settled reform missing"),
    "backtest": _page("help_title_backtest", "asked decision settled forecast"),
    "explained": _page("help_title_explained", "claim weight floor floor_edge target request"),
    "runs": _page("runs_title", "run proposal accepted_figures"),
    "letters": _page("step_letters", "request answer_deadline language_decision dispatch", "letters"),
    "letters_look": _page("step_letters_look", "former_wording language_decision", "letters"),
    "letters_check": _page("step_letters_check", "approver request", "letters"),
    "letters_confirm": _page("step_letters_check", "approver dispatch", "letters"),
    "letters_delivery": _page("step_letters_delivery", "dispatch", "letters"),
    "letter": _page("help_title_letter", "former_wording dispatch request", "letters", ("turn",)),
    "bound": _page("bound_title", "request", "letters"),
    "documents": _page("nav_documents", "document withheld minutes"),
    "addresses": _page("addresses_title", "dispatch", "letters"),
    "counties": _page("nav_counties", "county county_municipality recommendation target", "sheet"),
    "county": _page("help_title_county", "recommendation proposal target minor labour_region", "sheet", SHEET_KEYS),
    "why": _page("help_title_why", "claim weight floor lock tie"),
    "versions": _page("versions_title", "recommendation handing_over document", "sheet"),
    "meetings": _page("nav_meetings", "county_meeting agenda information_request minutes", "round"),
    "meeting": _page("help_title_meeting", "county_meeting agenda"),
    "room": _page("open_room", "meeting_mode outcome recommendation", "", ("room",)),
    "minutes": _page("help_title_minutes", "minutes addendum outcome"),
    "knowledge": _page("nav_knowledge", "shared_knowledge information_request"),
    "given_answer": _page("given_title", "shared_knowledge information_request"),
    "ks": _page("ks_title", "recommendation county_meeting outcome"),
    "country": _page("nav_country", "proposal recommendation outcome target claim"),
    "own": _page(
        "nav_own",
        "request first_request decision condition answer_deadline receipt municipality",
        "answer",
        own="decision.record decision.plan decision.ask_time",
    ),
    "decisions": _page("nav_decisions", "decision condition answer_deadline asked", "move"),
    "receipt": _page("receipt_title", "receipt decision", "answer"),
    "settlement": _page("nav_settlement", "ledger enquired agreed settled settlement left_to_settle hidden"),
    "settlement_year": _page("help_title_settlement_year", "expected_answers low_middle_high left_to_settle settled"),
    "revision": _page("nav_revision", "alert revision lock first_request", "move"),
    "numbers": _page("nav_numbers", "request release closed former", "round letters"),
    "county_numbers": _page("help_title_county_numbers", "outcome recommendation request"),
    "search": _page("search", "municipality county"),
    "journal": _page("nav_journal", "event_log hidden"),
    "rounds": _page("rounds_title", "round closed former reform"),
    "figures": _page("figures_own_title", "accepted_figures indicator missing"),
    "figure_set": _page("help_title_figure_set", "accepted_figures indicator"),
    "access": _page("access_title", "administrator case_worker approver substitute"),
    "login_check": _page("login_check_title"),
    "alerts": _page("alerts_title", "news duty"),
    "login": _page("log_in", "administrator"),
    "role": _page("choose_party", "case_worker approver administrator"),
    "first": _page("first_title", "administrator"),
    "kept": _page("help_title_kept"),
    "rules": _page("rules_title", "case_worker approver administrator", "round"),
    "accessibility": _page("accessibility"),
    "privacy": _page("privacy", "hidden event_log"),
}
"""The pages of the desk, by the name of their address."""
PUBLIC: Mapping[str, HelpPage] = {
    "public_front": _page("help_title_public_front", "settlement round request decision"),
    "public_about": _page("public_about", "release hidden extra_hidden missing"),
    "public_find": _page("help_title_public_find", "municipality county"),
    "public_year": _page("help_title_public_year", "need target request decision settled stop"),
    "public_places": _page("public_nav_places", "request decision settled hidden"),
    "public_county": _page("help_title_public_county", "county target recommendation request"),
    "public_municipality": _page("help_title_public_municipality", "request decision claim hidden reform"),
    "public_calendar": _page("public_nav_calendar", "county_meeting answer_deadline"),
    "public_criteria": _page("public_nav_criteria", "criterion weight measure"),
    "public_documents": _page("public_nav_documents", "document minutes withheld"),
    "public_data": _page("public_nav_data", "open_data release extra_hidden"),
}
"""The public pages, by the name of their address."""


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A word of the glossary in one language; `law` is the source where one rules, else empty."""

    code: str
    term: str
    meaning: str
    law: str


def desk_help(page: str, view: str) -> str:
    """Return the page whose help a page of the desk leads to; empty where the list of all help is what there is.

    Args:
        page: What the page calls itself: a form that is refused shows another page than that of its address.
        view: The name of the address.
    """
    return next((name for name in (page, view) if name in DESK), "")


def public_help(page: str) -> str:
    """Return the page whose help a public page leads to; that of the front page where it has none of its own."""
    return name if (name := f"public_{page}") in PUBLIC else "public_front"


def glossary(language: str) -> list[GlossaryTerm]:
    """Return the words of the glossary in a language, in the order of the file.

    Raises:
        UnknownLanguage: There are no words in it.
    """
    words = WORDS.of(language)
    codes = [code.removeprefix(TERM) for code in words if code.startswith(TERM)]
    return [
        GlossaryTerm(code, words[f"{TERM}{code}"], words[f"meaning_{code}"], words.get(f"law_{code}", ""))
        for code in codes
    ]


def terms_with(terms: Sequence[GlossaryTerm], asked: str) -> list[GlossaryTerm]:
    """Return the words that hold what somebody looks for, in the word or in its meaning; all when it is empty."""
    sought = asked.casefold()
    return [each for each in terms if sought in each.term.casefold() or sought in each.meaning.casefold()]


def by_letter(terms: Sequence[GlossaryTerm]) -> list[tuple[str, list[GlossaryTerm]]]:
    """Return words by their first letter, in the order of the alphabet."""
    ordered = sorted(terms, key=lambda each: formats.sort_key(each.term))
    return [(letter, [*group]) for letter, group in groupby(ordered, key=lambda each: each.term[0].upper())]


def glossary_shown(language: str, asked: str) -> Mapping[str, object]:
    """Return what a page of the glossary shows of what somebody looks for."""
    terms = glossary(language)
    shown = terms_with(terms, asked)
    return {"asked": asked, "count": len(shown), "of": len(terms), "letters": by_letter(shown)}


def help_shown(name: str, page: HelpPage, language: str) -> Mapping[str, object]:
    """Return what the help of a page shows to everybody."""
    return {
        "about": say(f"help_{name}", language),
        "keys": page.keys,
        "terms": terms_of(page, language),
        "guides": [f"{GUIDE}{each}" for each in page.guides],
    }


def guide_shown(name: str, language: str) -> Mapping[str, object]:
    """Return what a guide shows: its steps."""
    return {"steps": [say(f"guide_{step}", language) for step in GUIDES[name.removeprefix(GUIDE)]]}


def terms_of(page: HelpPage, language: str) -> list[GlossaryTerm]:
    """Return the words of a page with their meaning."""
    known = {each.code: each for each in glossary(language)}
    return [known[code] for code in page.words]
