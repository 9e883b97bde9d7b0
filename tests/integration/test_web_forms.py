"""Every form: it has words in three languages, tells all that is wrong at once, and leads to what must be put right."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from answering import OWN
from bosett.basis.languages import LANGUAGES
from bosett.rounds.parties import Grade, Party
from bosett_web.screens import moves, urls
from bosett_web.screens.fields import FileField, OfferingField, PageField
from bosett_web.screens.forms import PageForm
from bosett_web.screens.words import WORDS
from crawl import Arguments, addresses
from formfields import PageForm as SentForm
from formfields import forms_of
from parties import DEMO, FINISHED, FROZEN, SHARED, YEAR
from readers import client_of
from thorough import asked_of

COUNTY = "46"
KNOWN: Arguments = {
    **{name: [{"code": COUNTY}] for name in ("county", "county_numbers", "versions")},
    **{name: [{"code": COUNTY}, {"code": "joint"}] for name in ("meeting", "room", "minutes")},
}
READERS = (
    *((Party.DIRECTORATE, ""), (Party.MINISTRY, ""), (Party.COMMITTEE, ""), (Party.KS, "")),
    *((Party.COUNTY, COUNTY), (Party.MUNICIPALITY, OWN)),
)
STARTS = {"demo": DEMO, "shared": SHARED, "finished": FINISHED, "frozen": FROZEN}
DJANGOS = (
    *("This field is required.", "Enter a whole number.", "Enter a valid date.", "Enter a valid date/time."),
    *("The submitted file is empty.", "No file was submitted. Check the encoding type on the form."),
    *("Select a valid choice. That choice is not one of the available choices.", "Enter a complete value."),
)
"""What Django itself says of forms."""
ALREADY = ("access.", "settings", "logout", "kept")
"""Forms of the whole workspace and not of a round."""


def kinds(kind: type[PageForm] = PageForm) -> Iterator[type[PageForm]]:
    """Yield every kind of form."""
    for each in kind.__subclasses__():
        yield each
        yield from kinds(each)


ALL = sorted(
    {each for each in kinds() if each.__module__.startswith("bosett_web.")}, key=lambda each: each.__qualname__
)


@cache
def patterns(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Return our texts without facts, and what those with facts look like."""
    whole, composed = set[str](), list[str]()
    for text in WORDS.values():
        words = text.in_language(language)
        parts = re.split(r"\{[^}]*\}", words)
        if len(parts) == 1:
            whole.add(words)
        elif len("".join(parts)) > 5:
            composed.append(".*?".join(re.escape(part) for part in parts))
    return frozenset(whole), re.compile("|".join(composed), re.DOTALL)


@cache
def ours(words: str, language: str) -> bool:
    """Tell whether words are a text of ours in a language, whatever its facts."""
    whole, composed = patterns(language)
    return words in whole or composed.fullmatch(words) is not None


def test_every_form_is_met() -> None:
    assert urls.urlpatterns
    assert len(ALL) > 50
    assert {deed.form for deed in moves.DEEDS.values() if isinstance(deed.form, type)} <= {PageForm, *ALL}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ALL, ids=lambda each: each.__name__)
def test_every_field_has_a_label_and_refuses_in_the_readers_language(kind: type[PageForm], language: str) -> None:
    form = kind({}, language=language)
    wrong = kind(dict.fromkeys(form.fields, "<¤ 12,5>"), language=language)
    for name, field in form.fields.items():
        assert isinstance(field, PageField), name
        assert field.validators == []  # Django's own speak their own words
        assert form[name].is_hidden or field.label, name
        assert form[name].is_hidden or ours(str(field.label), language), name
        assert len(field.explained) > 1 or not field.help_text or ours(str(field.help_text), language), name
    for each in (form, wrong):
        each.is_valid()
        for faults in each.errors.values():
            assert all(ours(str(fault), language) for fault in faults), faults
    needed = [name for name, field in form.fields.items() if field.required]
    assert set(needed) <= form.errors.keys()  # all at once


@pytest.mark.parametrize("language", LANGUAGES)
def test_django_is_never_asked_for_its_words(language: str) -> None:
    with translation.override(language):
        theirs = {gettext(each) for each in DJANGOS}
    for kind in ALL:
        for data in ({}, dict.fromkeys(kind(language=language).fields, "?")):
            form = kind(data, language=language)
            form.is_valid()
            assert not theirs & {str(fault) for faults in form.errors.values() for fault in faults}


class _Page(HTMLParser):
    """What a page has: ids, the links of what is wrong, fields with what names them, and what speaks of them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids, self.leads, self.fors = Counter[str](), list[str](), set[str]()
        self.fields: list[dict[str, str]] = []
        self._within = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get("id"):
            self.ids[given["id"]] += 1
        if tag == "div" and (self._within or "faults" in given.get("class", "").split()):
            self._within += 1
        if tag == "a" and self._within:
            self.leads.append(given["href"].removeprefix("#"))
        if tag == "label":
            self.fors.add(given.get("for", ""))
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.fields.append(given)

    def handle_endtag(self, tag: str) -> None:
        self._within -= tag == "div" and self._within > 0


def judged(text: str, where: str) -> None:
    """Hold a page with a refused form to what all of them have."""
    page = _Page(text)
    assert [each for each, count in page.ids.items() if count > 1] == [], where
    assert [each for each in page.leads if each not in page.ids] == [], where
    for field in page.fields:
        named = field.get("id") in page.fors or field.get("aria-label") or "id" not in field
        assert named, (where, field)
        spoken = [each for each in field.get("aria-describedby", "").split() if each not in page.ids]
        assert spoken == [], (where, field)
        assert "required" not in field, (where, field)
        if "aria-invalid" in field:
            assert field["id"] in page.leads, (where, field)


def sendable(client: Client) -> Iterator[SentForm]:
    """Yield each form of a round that somebody meets, once by where it goes."""
    met = set[str]()
    for address in addresses(KNOWN, (YEAR,)):
        if "." in address or address.startswith(("/api/", "/login", "/healthz")):
            continue  # files, and what has no form of a round
        answer = client.get(address)
        if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for form in forms_of(answer.content.decode()):
            kind = re.sub(r"\d+", "#", form.action)
            if (kind not in met and "/do/" in form.action) or "/upload" in form.action or "/access/" in form.action:
                met.add(kind)
                yield form


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Say nothing of each page that is not for a reader, and of each refusal."""
    caplog.set_level(logging.CRITICAL, logger="django.request")


@pytest.mark.django_db
@pytest.mark.bulk
@pytest.mark.parametrize(
    ("start", "language"),
    asked_of(
        [
            pytest.param(name, language, marks=pytest.mark.begins_at(start))
            for name, start in STARTS.items()
            for language in (LANGUAGES if name == "shared" else LANGUAGES[:1])
        ],
        ("finished", "frozen"),
    ),
)
def test_every_form_that_is_refused_leads_to_what_is_wrong(start: str, language: str) -> None:
    assert start in STARTS
    with translation.override(language):
        theirs = {gettext(each) for each in DJANGOS} | set(DJANGOS)
    refused = Counter[int]()
    for party, area in READERS:
        client = client_of(party, area, Grade.CASE_WORKER, language)
        for form in list(sendable(client)):
            for written in ("", "<¤ 12,5>"):
                texts = {name: written for name, value in form.values.items() if _is_written(name, value, form)}
                answer = client.post(form.action.partition("#")[0], {**form.values, **texts})
                if answer.status_code < 400:
                    continue
                text, where = answer.content.decode(), f"{party} {form.action} {written!r}"
                refused[answer.status_code] += 1
                judged(text, where)
                assert not [each for each in theirs if each in unescape(text)], where
                assert f'<html lang="{language}"' in text, where
    assert refused[422] > 5


def _is_written(name: str, value: str, form: SentForm) -> bool:
    """Tell whether people write in a field, and the page does not."""
    return name in form.texts or value in ("2020-09-01", "2020-09-01T10:00", "1")


def test_the_checks_can_fail() -> None:
    assert ours("Skriv et helt tall, for eksempel 120.", "nb")
    assert not ours("Skriv et helt tall, for eksempel 120.", "nn")
    assert not ours("This field is required.", "nb")
    with pytest.raises(AssertionError):
        judged('<div class="faults"><a href="#f-a">A</a></div>', "a lead to nowhere")
    with pytest.raises(AssertionError):
        judged('<p id="a"></p><p id="a"></p>', "an id twice")
    with pytest.raises(AssertionError):
        judged('<input id="f-a" name="a">', "a field without a label")
    assert isinstance(FileField(most=1, kinds=""), PageField)
    assert issubclass(OfferingField, PageField)
