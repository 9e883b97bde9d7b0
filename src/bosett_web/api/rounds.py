"""Reading rounds: what has been published of them, the same for everybody."""

import hashlib
import json
from collections.abc import Callable
from functools import cache
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Query
from ninja.errors import ValidationError

from bosett.rounds.published import PublicRelease
from bosett_web.api import contents, shapes
from bosett_web.api.answers import FOR_EVER, answer
from bosett_web.api.contents import Content, address
from bosett_web.api.description import READ, DescribedApi, responses
from bosett_web.api.problems import problem
from bosett_web.queries.releases.published import (
    NotPublished,
    ReleaseRow,
    document,
    newest,
    newest_of,
    numbered,
    release,
    releases_of,
)

api = DescribedApi(
    title="Bosett",
    version="1",
    description="The yearly round of refugee settlement as it has been published: read-only, and the same for "
    "everybody. Numbers are persons. A number that is null is missing, hidden or unknown, as the status or mark beside "
    "it says; 0 is nobody. HEAD is answered as GET is.",
    urls_namespace=contents.NAMESPACE,
    docs_url=None,  # a page of documentation would load its scripts from elsewhere
    openapi_url=None,  # it is answered below, as all else is
)
_OF_YEAR = responses(not_found="Nothing has been published of the year")


class NoSuchPlace(Exception):
    """A release does not have what is asked for; the text says what it has."""


class NoSuchChoice(Exception):
    """A parameter is none, or has a value that it cannot have; the text says which it can."""


@api.api_operation(READ, "/openapi.json", include_in_schema=False)
def read_description(request: HttpRequest) -> HttpResponse:
    """Read this description."""
    text = _description()
    return answer(request, hashlib.sha256(text.encode()).hexdigest(), lambda: json.loads(text))


@api.api_operation(READ, "/rounds", response=shapes.Rounds, operation_id="rounds", openapi_extra=responses())
def list_rounds(request: HttpRequest) -> HttpResponse:
    """List the years of which something has been published, the newest first."""
    rows = newest().values()
    hashes = " ".join(row.sha256 for row in rows)
    return answer(request, hashes, lambda: {"rounds": [contents.round_address(row) for row in rows]})


@api.api_operation(READ, "/rounds/{int:year}", response=shapes.Round, operation_id="round", openapi_extra=_OF_YEAR)
def read_round(request: HttpRequest, year: int) -> HttpResponse:
    """Read how far a round has come, and what it rests on."""
    return _made(request, newest_of(year), contents.one_round)


@api.api_operation(
    READ,
    "/rounds/{int:year}/news",
    response=shapes.NewsOfYear,
    operation_id="news",
    openapi_extra=_OF_YEAR,
)
def read_news(request: HttpRequest, year: int) -> HttpResponse:
    """Read the news of a round, the newest first."""
    return _made(request, newest_of(year), contents.news)


@api.api_operation(
    READ,
    "/rounds/{int:year}/numbers",
    response=shapes.Numbers,
    operation_id="numbers",
    openapi_extra=_OF_YEAR,
)
def read_numbers(request: HttpRequest, year: int) -> HttpResponse:
    """Read the numbers of every municipality."""
    return _made(request, newest_of(year), contents.numbers)


@api.api_operation(
    READ,
    "/rounds/{int:year}/municipalities/{str:code}",
    response=shapes.OneMunicipality,
    operation_id="municipality",
    openapi_extra=responses(not_found="Nothing has been published of the year, or it has no such municipality"),
)
def read_municipality(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Read all that is told of a municipality."""
    row = newest_of(year)
    own = {each.code: each for each in release(row).municipalities}
    if code not in own:
        raise NoSuchPlace(
            f"There is no municipality {code} in {year}. {address('read_numbers', year)} lists those of the year."
        )
    return _made(request, row, lambda of: contents.municipality(of, own[code]))


@api.api_operation(
    READ,
    "/rounds/{int:year}/counts",
    response=shapes.Counts,
    operation_id="counts",
    openapi_extra=responses(
        not_found="Nothing has been published of the year",
        unprocessable_entity="A parameter is none of those that there are, or has a value that it cannot have",
    ),
)
def read_counts(request: HttpRequest, year: int, asked: Query[shapes.CountFilter]) -> HttpResponse:
    """Read the counts of a year so far: all of them, or those of a place, a step, a group or a day."""
    row = newest_of(year)
    _check(request, asked, release(row))
    return _made(request, row, lambda of: contents.counts(of, asked))


@api.api_operation(
    READ,
    "/rounds/{int:year}/releases",
    response=shapes.Releases,
    operation_id="releases",
    openapi_extra=_OF_YEAR,
)
def list_releases(request: HttpRequest, year: int) -> HttpResponse:
    """List the releases of a year, the newest first."""
    rows = releases_of(year)
    if not rows:
        raise NotPublished(f"There is no release of {year}")
    hashes = " ".join(row.sha256 for row in rows)
    return answer(request, hashes, lambda: {"year": year, "releases": [contents.release_address(row) for row in rows]})


@api.api_operation(
    READ,
    "/rounds/{int:year}/releases/{int:number}",
    response=shapes.ReleaseDocument,
    operation_id="release",
    openapi_extra=responses(not_found="There is no such release of the year"),
)
def read_release(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Read the whole document of a release, which never changes."""
    row = numbered(year, number)
    return answer(request, row.sha256, lambda: document(row), FOR_EVER)


@api.exception_handler(NotPublished)
def _not_published(request: HttpRequest, _: NotPublished) -> HttpResponse:
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    if "number" in asked:
        listed = address("list_releases", asked["year"])
        detail = f"There is no release {asked['number']} of {asked['year']}. {listed} lists those that there are."
    else:
        listed = address("list_rounds")
        detail = f"Nothing has been published of {asked['year']}. {listed} lists the years that have releases."
    return problem(request, HTTPStatus.NOT_FOUND, detail)


@api.exception_handler(NoSuchPlace)
def _not_there(request: HttpRequest, fault: NoSuchPlace) -> HttpResponse:
    return problem(request, HTTPStatus.NOT_FOUND, str(fault))


@api.exception_handler(NoSuchChoice)
def _not_asked(request: HttpRequest, fault: NoSuchChoice) -> HttpResponse:
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(fault))


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    detail = "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in fault.errors)
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, f"{detail}.")


@cache
def _description() -> str:
    return json.dumps(api.get_openapi_schema())


def _made(request: HttpRequest, row: ReleaseRow, content: Callable[[PublicRelease], Content]) -> HttpResponse:
    """Return an answer that is made of a release, and says of which."""

    def whole() -> Content:
        of = release(row)
        return {**contents.read_in(row, of), **content(of)}

    return answer(request, row.sha256, whole)


def _check(request: HttpRequest, asked: shapes.CountFilter, of: PublicRelease) -> None:
    """Look at what counts are asked for.

    Raises:
        NoSuchChoice: There is no such parameter, or it has two values, or one that it cannot have in the year.
    """
    names = [*shapes.CountFilter.model_fields]
    for name, values in request.GET.lists():
        if name not in names:
            raise NoSuchChoice(f"{name} is no parameter here: {', '.join(names[:-1])} and {names[-1]} are.")
        if len(values) > 1:
            raise NoSuchChoice(f"{name} is given {len(values)} times: it can have one value.")
    if asked.place is not None and asked.place not in {each.code for each in of.places}:
        what = "0, which is the country, or the code of a county or municipality"
        raise NoSuchChoice(f"place: it can be {what} as {address('read_numbers', of.year)} has them.")
    days = [each.day.isoformat() for each in of.days]
    if asked.day is not None and not days:
        raise NoSuchChoice(f"day: no counts have been published of {of.year}.")
    if asked.day is not None and asked.day not in days:
        raise NoSuchChoice(f"day: it can be {' or '.join(days)}.")
