"""The words that people meet, as a table in the docs: from the one file that the pages and the help read too."""

from collections.abc import Iterator
from pathlib import Path

from bosett_web.screens.help_pages import glossary

PAGE = Path(__file__).resolve().parents[1] / "docs" / "glossary.md"
BEGIN, END = "<!-- Made by `make docs` from src/bosett_web/words/glossary.yaml. -->\n", "<!-- Made until here. -->\n"
NOTES = {
    "round": "not *cycle*, *campaign*",
    "scenario": "in code `NeedScenario`; not *forecast*",
    "stream": "in code `NeedStream`",
    "low_middle_high": "not *minimum*, *maximum*",
    "expected_answers": "in code `ExpectedAnswers`; not *forecast*, which is of need",
    "capacity_report": "not *survey*",
    "notice": "not *news*, *alert*",
    "asking": "in code `CapacityAsking`; not *campaign*",
    "input": "in code `CountyInput`; not *feedback*",
    "waiting_group": "in code `WaitingGroup`",
    "opening": "not *slot*",
    "enquired": "not *asked* (that is a municipality)",
    "measure": "not *score*",
    "claim": "not *score*, *points*",
    "target": "not *quota*",
    "shared_knowledge": "in code `knowledge`, `InformationAnswer` to all; not *FAQ*",
    "news": "in code `Alert`",
    "meeting_mode": "in code `room`",
    "handing_over": "in code `hand_over`; not *sending*, which is by a channel",
    "minutes": "not *protocol*",
    "request": "not *quota*, *demand*",
    "alert": "in code `NeedAlert`; not *news*",
    "decision": "not *approval*",
    "extra_hidden": "not *secondary suppression*",
    "release": "in code `Release`, `PublicRelease`",
    "dispatch": "not *delivery*, which is when it has come",
    "duty": "not *task* (a job of the worker)",
}
"""What those who write code and pages are told beside a word: its name in code, and the words to leave alone."""


def page() -> str:
    """Return the page with its table made anew; what stands around it is written by hand."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n" + "\n".join(_table()) + f"\n\n{END}{after}"


def _table() -> Iterator[str]:
    yield from ("| English | bokmål | nynorsk | meaning | note |", "| --- | --- | --- | --- | --- |")
    for nb, nn, en in zip(*(glossary(language) for language in ("nb", "nn", "en")), strict=True):
        meaning = f"{en.meaning} Source: {en.law}." if en.law else en.meaning
        yield f"| {en.term} | {nb.term} | {nn.term} | {meaning} | {NOTES.get(en.code, '-')} |"
