"""From a difference both texts can be read again, whatever they hold; and nothing is told that is not so."""

from hypothesis import given
from hypothesis import strategies as st

from bosett.documents.letters.differences import (
    Passage,
    PassageChange,
    Piece,
    Side,
    after_of,
    before_of,
    compare,
    passages_in,
)

WORDS = st.sampled_from(
    [
        "Bergen",
        "Os",
        "kommune",
        "bosette",
        "24",
        "5 025",
        "1. mai 2021",
        "kl. 10.00",
        "2021/4601-anmodning-1",
        "personer",
        ",",
        ".",
        "–",
        "\0date",
        "Á",
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
PASSAGES = st.lists(SENTENCES | st.text(min_size=1, max_size=20), max_size=7).map(
    lambda texts: tuple(plain for each in texts if (plain := " ".join(each.split())))
)
NAMES = ("Bergen", "Os", "Á")


def faults(before: tuple[str, ...], after: tuple[str, ...], passages: tuple[Passage, ...]) -> list[str]:
    """Return what a difference tells that is not so."""
    sentences = []
    if before_of(passages) != before:
        sentences.append("before")
    if after_of(passages) != after:
        sentences.append("after")
    for passage in passages:
        kinds = {piece.kind for piece in passage.pieces}
        facts = [piece.fact for piece in passage.pieces if piece.kind is not Side.SAME]
        holds = {
            PassageChange.SAME: kinds <= {Side.SAME},
            PassageChange.FACTS: bool(facts) and all(facts),
            PassageChange.CHANGED: bool(facts) and not all(facts),
            PassageChange.NEW: kinds == {Side.NEW},
            PassageChange.GONE: kinds == {Side.GONE},
        }
        if not holds[passage.change]:
            sentences.append(f"{passage.change}: {passage.pieces}")
    return sentences


@given(PASSAGES, PASSAGES)
def test_both_texts_are_read_again_from_the_difference(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    assert faults(before, after, compare(before, after, NAMES)) == []


@given(PASSAGES)
def test_a_text_does_not_differ_from_itself(text: tuple[str, ...]) -> None:
    assert {each.change for each in compare(text, text, NAMES)} <= {PassageChange.SAME}


@given(PASSAGES, PASSAGES)
def test_from_nothing_all_is_new_and_to_nothing_all_is_gone(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    assert [each.change for each in compare(before, ())] == [PassageChange.GONE] * len(before)
    assert [each.change for each in compare((), after)] == [PassageChange.NEW] * len(after)


@given(st.text(max_size=200))
def test_pasted_text_loses_no_word(text: str) -> None:
    pasted = " ".join(passages_in(text))
    assert len(pasted) <= len(text)
    for word in text.split():
        assert word in pasted or word.rstrip(".)").isdecimal() or word in "-–•*"


def test_the_check_can_fail() -> None:
    before, after = ("en to",), ("en tre",)
    wrong = (Passage(PassageChange.FACTS, (Piece(Side.SAME, "en "), Piece(Side.NEW, "tre"))),)
    assert len(faults(before, after, wrong)) == 2
    assert faults(before, after, (Passage(PassageChange.SAME, (Piece(Side.SAME, "en tre"),)),)) == ["before"]
