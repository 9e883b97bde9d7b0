"""What a frozen round's letters say, from the round's own rows; and what lacks before they can be made.

The page that lists what is missing and the job that makes the letters start from the same.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any

from django.db.models import Min, Q

from bosett.documents.letters import (
    Advice,
    Content,
    DecidedBy,
    Forecast,
    HowToAnswer,
    Lack,
    LetterHead,
    MinorsAsked,
    Missing,
    NotAsked,
    Origin,
    Request,
    Revised,
    Sender,
    Signer,
    ToldCriteria,
    Worded,
    criteria_told,
    letter_of,
)
from bosett.documents.letters.language import Shares, choose, forms_of
from bosett.documents.letters.names import DIRECTORATE, county_municipality, ministry_on, municipality_receiver
from bosett.geography import LanguageForm, municipalities, municipality
from bosett.parameters import load_shipped, whose
from bosett.rounds.explanation import Explanation
from bosett.rounds.moves import Gate
from bosett.rounds.parties import Party
from bosett.rounds.states import LetterState, RecommendationState
from bosett_web.queries.letters.addresses import addresses_of
from bosett_web.queries.letters.references import reference as reference_of
from bosett_web.queries.settlement.ledger import decided_numbers
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import models
from bosett_web.records.choices import LetterKind
from bosett_web.records.models.letters import NUMBERED, SENT

CONTACT = "post@imdi.no"
SENDER = Sender(DIRECTORATE, ("Postboks 8059 Dep", "0031 Oslo", "imdi.no"))
KS = Worded.same("KS")
UNEXPLAINED = "explained"


@dataclass(frozen=True, slots=True)
class DueLetter:
    """A letter that is to be made.

    Attributes:
        code: Municipality.
        county: Its county.
        kind: Kind of letter.
        request: Version of the request that it tells of, if there is one.
        letter: The letter that is made anew, or None.
        version: Its version.
        reference: Its reference.
        language: nb, nn, or None when it has to be asked for.
        content: What it says; without the explanation until that is computed.
        blocked: True while an older letter is on its way or approved.
    """

    code: str
    county: str
    kind: str
    request: int | None
    letter: int | None
    version: int
    reference: str
    language: str | None
    content: Content
    blocked: bool = False

    def lacks(self) -> tuple[Lack, ...]:
        """Return everything that lacks, but for the explanation, which is computed when the letter is made."""
        lacking = (Lack("outdated"),) if self.blocked else ()
        if self.language is None:
            lacking = (*lacking, Lack("language"))
        try:
            letter_of(self.content, self.language or "nb")
        except Missing as missing:
            lacking = (*lacking, *(each for each in missing.lacks if each.code != UNEXPLAINED))
        return lacking

    def explained(self, explanation: Explanation | None) -> Content:
        """Return what it says with the explained number."""
        if isinstance(self.content, Request | NotAsked):
            return replace(self.content, origin=replace(self.content.origin, explained=explanation))
        return self.content


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all letters of a round share."""

    at: Standing
    settings: models.LetterSettings | None
    head: LetterHead
    forecast: Forecast
    criteria: ToldCriteria | None
    national: int | None
    frozen_on: date | None
    decided: Callable[[], Mapping[str, int | None]]
    """Asked only where a letter tells of a revision."""

    @property
    def answer(self) -> HowToAnswer:
        settings = self.settings
        way = Worded.same(settings.how_to_answer) if settings and settings.how_to_answer else None
        return HowToAnswer(settings.answer_by if settings else None, way)


def signers_of(text: str) -> tuple[Signer, ...]:
    """Return who signs, from lines of `function: name`; a line without both is left out."""
    parted = [line.partition(":") for line in text.splitlines()]
    return tuple(
        Signer(name.strip(), Worded.same(title.strip())) for title, _, name in parted if name.strip() and title.strip()
    )


def due(at: Standing, day: date, anew: Collection[int] = ()) -> tuple[DueLetter, ...]:
    """Return the letters that are due in a round, by municipality, without their explanations; in seven queries.

    Args:
        at: The round as it stands; one that is not frozen has none.
        day: Date of the letters.
        anew: Letters that have failed and are written once more under a new reference, as they are not true any more.
    """
    if not at.is_frozen:
        return ()
    letters: dict[str, list[Any]] = {}
    for row in (
        models.Letter.objects.filter(round=at.year, kind__in=NUMBERED).order_by("version").defer("content", "pdf")
    ):
        letters.setdefault(row.receiver, []).append(row)
    requests: dict[str, list[models.Request]] = {}
    for request in models.Request.objects.filter(round=at.year).order_by("version"):
        requests.setdefault(request.municipality, []).append(request)
    finals = {row.municipality: row for row in models.FinalNumber.objects.filter(round=at.year)}
    lines = {row.municipality: row for row in models.RecommendationLine.objects.filter(recommendation__round=at.year)}
    settings = models.LetterSettings.objects.filter(round=at.year).first()
    addresses = addresses_of(Party.MUNICIPALITY)
    firsts = [rows[0].day for rows in requests.values()]
    shared = _shared(at, settings, day, min(firsts) if firsts else None)
    languages = languages_of(at.year, settings.neutral_form if settings else "")
    due_letters = []
    for place in municipalities(at.year):
        facts = _Facts(
            place.code,
            place.county,
            requests.get(place.code, []),
            finals.get(place.code),
            lines.get(place.code),
            letters.get(place.code, []),
            addresses.get(place.code, ()),
        )
        one = _due(shared, facts, languages[place.code], anew)
        if one is not None:
            due_letters.append(one)
    return tuple(due_letters)


def languages_of(year: int, prefer: str) -> Mapping[str, str | None]:
    """Return the language of each municipality's letters; a neutral one has none until a form is preferred."""
    forms = forms_of(year)
    if not prefer:
        decided = {code: form for code, form in forms.items() if form is not LanguageForm.NEUTRAL}
        return {**dict.fromkeys(forms), **choose(decided, "nb")}
    return choose(forms, prefer, before(year))


def before(year: int) -> Shares:
    """Return what neutral receivers got in the letters of earlier rounds: the law's running count."""
    count = {"nb": 0, "nn": 0}
    forms: dict[int, Mapping[str, LanguageForm | None]] = {}
    rows = models.Letter.objects.filter(round__lt=year, kind__in=NUMBERED, state__in=SENT).order_by("pk")
    for of_year, receiver, language in rows.values_list("round_id", "receiver", "language"):
        known = forms.setdefault(of_year, forms_of(of_year))
        if known.get(receiver) is LanguageForm.NEUTRAL and language in count:
            count[language] += 1
    return Shares(count["nb"], count["nn"])


def not_asked_by(at: Standing, code: str) -> DecidedBy:
    """Return who decided that a municipality is not asked, as the rows of the round tell it now. Three queries."""
    final = models.FinalNumber.objects.filter(round=at.year, municipality=code).first()
    line = models.RecommendationLine.objects.filter(recommendation__round=at.year, municipality=code).first()
    first = models.Request.objects.filter(round=at.year).aggregate(day=Min("day", filter=Q(version=1)))["day"]
    return _decided(at, first, _Facts(code, municipality(code, at.year).county, [], final, line, [], ()))


@dataclass(frozen=True, slots=True)
class FirstTold:
    """What a municipality was told first, in persons, and the day of that letter."""

    number: int | None
    on: date


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of one municipality."""

    code: str
    county: str
    requests: list[models.Request]
    final: models.FinalNumber | None
    line: models.RecommendationLine | None
    letters: list[Any]
    address: tuple[str, ...]

    @property
    def first_told(self) -> FirstTold | None:
        """What it was first told: by a letter that came, or before the workspace; None is that it never was asked."""
        came = (each for each in self.letters if each.state in SENT or each.delivered_at is not None)
        letter = next((each for each in came if each.kind != LetterKind.NOT_ASKED), None)
        if letter is not None:
            number = next((each.number for each in self.requests if each.pk == letter.request_id), None)
            return FirstTold(number, letter.day)
        before = next((each for each in self.requests if each.sent_at is not None), None)
        return None if before is None or before.sent_at is None else FirstTold(before.number, before.day)

    @property
    def number(self) -> int | None:
        """Persons asked for now; 0 is not asked."""
        if self.requests:
            return self.requests[-1].number
        return self.final.number if self.final else None


def _due(shared: _Shared, facts: _Facts, language: str | None, anew: Collection[int]) -> DueLetter | None:
    request = facts.requests[-1] if facts.requests else None
    last = facts.letters[-1] if facts.letters else None
    if shared.at.is_former and (request is None or request.sent_at is not None):
        return None  # told by a letter from before the workspace, or by none
    first = facts.first_told
    kind = LetterKind.REVISED if first is not None else LetterKind.REQUEST if facts.number else LetterKind.NOT_ASKED
    already_told = last is not None and last.pk not in anew and last.request_id == (request.pk if request else None)
    if last is not None and last.state != LetterState.MADE and already_told:
        return None
    again = last if last is not None and last.state == LetterState.MADE else None
    version = again.version if again else (last.version + 1 if last else 1)
    reference = again.reference if again else reference_of(shared.at.year, facts.code, kind, version)
    receiver = municipality_receiver(facts.code, shared.at.year, facts.address)
    head = replace(shared.head, receivers=(receiver,), reference=reference)
    content: Content
    if first is not None:
        content = _revised(shared, facts, head, first)
    elif kind == LetterKind.REQUEST:
        content = _request(shared, facts, head)
    else:
        content = _not_asked(shared, facts, head)
    blocked = (
        again is None
        and last is not None
        and last.state in (LetterState.APPROVED, LetterState.QUEUED, LetterState.STOPPED)
    )
    return DueLetter(
        code=facts.code,
        county=facts.county,
        kind=kind,
        request=request.pk if request else None,
        letter=again.pk if again else None,
        version=version,
        reference=reference,
        language=language,
        content=content,
        blocked=blocked,
    )


def _shared(at: Standing, settings: models.LetterSettings | None, day: date, frozen_on: date | None) -> _Shared:
    forecast = at.current_forecast
    run = at.current_proposal
    criteria = None
    if run is not None:
        file = load_shipped(run.criteria_file)
        is_ours = whose(run.criteria_file, official=file.official) == "reference"
        criteria = criteria_told(file, adopted_by=None if is_ours else ministry_on(run.day))
    return _Shared(
        at=at,
        settings=settings,
        head=LetterHead(SENDER, (), day, None, signers_of(settings.signers) if settings else (), copies=(KS,)),
        forecast=Forecast(None, None, None, None, None)
        if forecast is None
        else Forecast(
            forecast.low,
            forecast.middle,
            forecast.high,
            Worded.same(forecast.publisher) if forecast.publisher else None,
            forecast.as_of,
        ),
        criteria=criteria,
        national=at.current_targets.national.number if at.current_targets else None,
        frozen_on=frozen_on,
        decided=cache(partial(decided_numbers, at.year)),
    )


def _request(shared: _Shared, facts: _Facts, head: LetterHead) -> Request:
    asked, minors = _minors(facts)
    return Request(
        head=head,
        year=shared.at.year,
        number=facts.number,
        minors_asked=asked,
        minors=minors,
        origin=Origin(None, shared.national),
        decided=_decided(shared.at, shared.frozen_on, facts),
        forecast=shared.forecast,
        criteria=shared.criteria,
        answer=shared.answer,
    )


def _not_asked(shared: _Shared, facts: _Facts, head: LetterHead) -> NotAsked:
    return NotAsked(
        head=head,
        year=shared.at.year,
        origin=Origin(None, shared.national),
        decided=_decided(shared.at, shared.frozen_on, facts),
        forecast=shared.forecast,
        criteria=shared.criteria,
        contact=CONTACT,
    )


def _revised(shared: _Shared, facts: _Facts, head: LetterHead, first: FirstTold) -> Revised:
    asked, minors = _minors(facts)
    request = facts.requests[-1]
    return Revised(
        head=head,
        year=shared.at.year,
        first=first.number,
        first_on=first.on,
        number=facts.number,
        minors_asked=asked,
        minors=minors,
        why=Worded.same(request.reason) if request.reason else None,
        answered=shared.decided().get(facts.code),
        decided=DecidedBy(DIRECTORATE, request.day, None, Worded.same(request.reason) if request.reason else None),
        forecast=shared.forecast,
        answer=shared.answer,
    )


def _decided(at: Standing, frozen_on: date | None, facts: _Facts) -> DecidedBy:
    """Return who decided, and after whose recommendation; a number that departs from it says why."""
    row = at.recommendations.get(facts.county)
    request = facts.requests[-1] if facts.requests else None
    on = request.day if request else frozen_on
    reason = (request.reason if request else "") or (facts.final.reason if facts.final else "")
    if row is None or row.state != RecommendationState.FINAL or facts.line is None:
        why = reason or at.skips.get(Gate.RECOMMENDATIONS_FINAL, "")
        return DecidedBy(DIRECTORATE, on, None, Worded.same(why) if why else None)
    advice = Advice(county_municipality(facts.county, at.year), facts.line.number, row.decided_on)
    why = reason or facts.line.outcome_reason
    return DecidedBy(DIRECTORATE, on, advice, Worded.same(why) if why else None)


def _minors(facts: _Facts) -> tuple[MinorsAsked, int | None]:
    """Return whether minors are asked for, and how many; a part that is not known makes the whole unknown."""
    row = facts.requests[-1] if facts.requests else None
    if row is None or row.under15 is None or row.from15 is None:
        return MinorsAsked.UNKNOWN, None
    minors = row.under15 + row.from15
    return (MinorsAsked.NUMBER, minors) if minors else (MinorsAsked.NONE, None)
