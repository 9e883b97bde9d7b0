"""How many persons a letter asks for, read back from the letter itself."""

from dataclasses import replace

import pytest

from bosett.basis.languages import LANGUAGES
from bosett.documents.letters import Facts, Request, Revised, Worded, letter_of, persons_told
from letter_samples import DECIDED, SAMPLES, samples

BECAUSE = Worded.same("Flere steder er ledige.")
ADVISED = replace(DECIDED, why=BECAUSE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [1, 12, 1_024, 12_345])
def test_the_number_of_a_request_is_read_as_it_was_written(number: int, language: str) -> None:
    for name in ("request", "revised-down"):
        content = samples()[name]
        assert isinstance(content, Request | Revised)
        letter = letter_of(replace(content, number=number, decided=ADVISED), language)
        assert persons_told(letter.kind, _facts(letter.blocks)) == number, name


def test_a_letter_that_asks_for_nobody_tells_no_number() -> None:
    for name in SAMPLES:
        letter = letter_of(samples()[name], "nb")
        number = persons_told(letter.kind, _facts(letter.blocks))
        assert (number is not None) == (letter.kind in ("request", "revised", "reminder")), name
    assert persons_told("request", ()) is None
    assert persons_told("request", (("Anmodning for 2021", "ukjent"),)) is None


def _facts(blocks: tuple[object, ...]) -> tuple[tuple[str, str], ...]:
    return next((block.pairs for block in blocks if isinstance(block, Facts)), ())
