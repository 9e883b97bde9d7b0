"""Which form of Norwegian a letter is in: decisions are followed, neutral ones shared out, unknown ones asked for."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.documents.letters.language import Shares, choose, forms_of, shares
from bosett.geography import LanguageForm, NotToldOfPlace

FORMS = st.dictionaries(st.integers(0, 9999).map("{:04d}".format), st.sampled_from([*LanguageForm, None]), max_size=60)
PREFER = st.sampled_from(["nb", "nn"])
BALANCED = st.builds(Shares, st.integers(0, 300), st.integers(0, 300)).filter(lambda each: each.kept)


def neutral_total(before: Shares, chosen: dict[str, str | None], forms: dict[str, LanguageForm | None]) -> Shares:
    return before + shares(forms, chosen).neutral


@given(FORMS, PREFER, BALANCED)
def test_each_form_keeps_a_quarter_of_the_neutral_ones(
    forms: dict[str, LanguageForm | None], prefer: str, before: Shares
) -> None:
    assert neutral_total(before, choose(forms, prefer, before), forms).kept


@given(FORMS, PREFER, st.builds(Shares, st.integers(0, 300), st.integers(0, 300)))
def test_a_lopsided_past_is_mended_as_far_as_it_can_be(
    forms: dict[str, LanguageForm | None], prefer: str, before: Shares
) -> None:
    share = neutral_total(before, choose(forms, prefer, before), forms)
    if not share.kept:
        lesser = "nb" if share.bokmaal < share.nynorsk else "nn"
        neutral = [code for code, form in forms.items() if form is LanguageForm.NEUTRAL]
        chosen = choose(forms, prefer, before)
        assert all(chosen[code] == lesser for code in neutral) or len(neutral) + before.total < 2


@given(FORMS, PREFER)
def test_decisions_are_followed_and_unknown_ones_are_asked_for(
    forms: dict[str, LanguageForm | None], prefer: str
) -> None:
    chosen = choose(forms, prefer)
    assert set(chosen) == set(forms)
    expected: dict[LanguageForm | None, set[str | None]] = {
        LanguageForm.BOKMAAL: {"nb"},
        LanguageForm.NYNORSK: {"nn"},
        LanguageForm.NEUTRAL: {"nb", "nn"},
        None: {None},
    }
    assert all(chosen[code] in expected[form] for code, form in forms.items())


@given(FORMS, PREFER, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(
    forms: dict[str, LanguageForm | None], prefer: str, random: Random
) -> None:
    items = list(forms.items())
    random.shuffle(items)
    assert choose(dict(items), prefer) == choose(forms, prefer)


def test_the_check_can_fail() -> None:
    forms: dict[str, LanguageForm | None] = dict.fromkeys(map(str, range(8)), LanguageForm.NEUTRAL)
    careless: dict[str, str | None] = dict.fromkeys(forms, "nb")
    assert not neutral_total(Shares(), careless, forms).kept
    assert shares(forms, choose(forms, "nb")).neutral == Shares(6, 2)


def test_as_many_as_the_quarter_allows_get_what_is_preferred() -> None:
    forms: dict[str, LanguageForm | None] = {str(code): LanguageForm.NEUTRAL for code in range(1000, 1149)}
    chosen = choose(forms, "nb")
    assert shares(forms, chosen).neutral == Shares(149 - 38, 38)
    # Spread over the codes: no stretch of eight is of one form alone.
    languages = [chosen[code] for code in sorted(forms)]
    assert all(set(languages[start : start + 8]) == {"nb", "nn"} for start in range(len(languages) - 7))
    assert shares(forms, choose(forms, "nb", Shares(0, 200))).neutral == Shares(149, 0)


def test_one_neutral_receiver_gets_what_is_preferred() -> None:
    assert choose({"0301": LanguageForm.NEUTRAL}, "nn") == {"0301": "nn"}


def test_every_municipality_of_a_year_has_a_form_or_is_told_unknown() -> None:
    forms = forms_of(2021)
    assert len(forms) == 356
    assert None not in forms.values()
    report = shares(forms, choose(forms, "nb"))
    assert (report.decided, report.neutral, report.unknown) == (Shares(119, 88), Shares(111, 38), ())
    assert forms["4601"] is LanguageForm.NEUTRAL


def test_what_became_several_with_different_decisions_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def differ(code: str, year: int) -> LanguageForm:
        if code == "4601":
            raise NotToldOfPlace("language form", code, year, "it became several, which differ")
        return LanguageForm.NYNORSK

    monkeypatch.setattr("bosett.documents.letters.language.language_form", differ)
    forms = forms_of(2021)
    assert [code for code, form in forms.items() if form is None] == ["4601"]
    assert choose(forms, "nb")["4601"] is None
    assert shares(forms, choose(forms, "nb")).unknown == ("4601",)


def test_a_county_without_a_known_decision_is_asked_for() -> None:
    assert choose({"46": None}, "nn") == {"46": None}


def test_shares_are_exact() -> None:
    assert Shares(3, 1).of("nn") == Fraction(1, 4)
    assert Shares(3, 1).of("nb") == Fraction(3, 4)
    assert Shares().of("nb") is None
    with pytest.raises(ValueError, match="no form of Norwegian"):
        choose({}, "en")
