"""Reading rounds: what the session's reader, or the public, may see of them now."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI

from bosett.geography import counties
from bosett.rounds.visibility import Thing
from bosett_web.accounts.actor import SeatedRequest
from bosett_web.api import shapes
from bosett_web.api.problems import MEDIA_TYPE, HttpProblem, problem
from bosett_web.queries.lines import Line
from bosett_web.queries.sight import is_released, lines_for, seen, sees, shown_state
from bosett_web.queries.standing import NoRound, kept_standing, years
from bosett_web.queries.standing_rows import Standing, TargetsRow
from bosett_web.records import clock

api = NinjaAPI(
    title="Bosett",
    version="1",
    description="The yearly round of refugee settlement, read-only. Without a session the reader is the public.",
    docs_url=None,  # a page of documentation would load its scripts from elsewhere
)
_MAY_LACK = {
    "responses": {404: {"description": "No such round", "content": {MEDIA_TYPE: {"schema": HttpProblem.json_schema()}}}}
}


@api.get("/rounds", response=shapes.Rounds, operation_id="rounds")
def rounds(request: HttpRequest) -> shapes.Rounds:  # noqa: ARG001 (ninja gives it)
    """List the rounds that there are."""
    listed = [
        shapes.RoundAddress(year=year, address=reverse(f"{api.urls_namespace}:round", args=[year])) for year in years()
    ]
    return shapes.Rounds(rounds=listed)


@api.get("/rounds/{int:year}", response=shapes.Round, operation_id="round", url_name="round", openapi_extra=_MAY_LACK)
def one_round(request: SeatedRequest, year: int) -> shapes.Round:
    """Read a round: its state, targets, criteria and forecasts."""
    moment = clock.moment()
    whole = kept_standing(year)
    at = seen(whole, request.who, moment)
    state = shown_state(Thing.NUMBER, at.state, at, moment)
    return shapes.Round(
        year=year,
        state=state if sees(request.who, Thing.NUMBER, at.state, at, moment) else None,
        released_at=at.release_at if is_released(at, moment) else None,
        planned=at.planned,
        targets=[_targets(at, row) for row in at.targets],
        criteria=[
            shapes.Criteria(
                version=row.version,
                state=row.state,
                day=row.day,
                title=row.title,
                wording=row.wording or None,
                file=row.file,
            )
            for row in at.criteria
        ],
        forecasts=[
            shapes.Forecast(
                version=row.version,
                day=row.day,
                as_of=row.as_of,
                low=row.low,
                middle=row.middle,
                high=row.high,
                under15=row.under15,
                from15=row.from15,
                publisher=row.publisher,
                note=row.note or None,
            )
            for row in at.forecasts
        ],
    )


@api.get("/rounds/{int:year}/numbers", response=shapes.Numbers, operation_id="numbers", openapi_extra=_MAY_LACK)
def numbers(request: SeatedRequest, year: int) -> shapes.Numbers:
    """Read the numbers of every municipality."""
    names = {area.code: area.name for area in counties(year)}
    lines = lines_for(kept_standing(year), request.who, clock.moment())
    return shapes.Numbers(year=year, municipalities=[_line(line, names) for line in lines])


@api.exception_handler(NoRound)
def _no_round(request: HttpRequest, fault: NoRound) -> HttpResponse:
    detail = f"There is no round for {fault}. {reverse(f'{api.urls_namespace}:rounds')} lists those that there are."
    return problem(request, HTTPStatus.NOT_FOUND, detail)


def _targets(at: Standing, row: TargetsRow) -> shapes.Targets:
    national = row.national
    return shapes.Targets(
        version=row.version,
        state=row.state,
        day=row.day,
        note=row.note or None,
        national=shapes.People(number=national.number, under15=national.under15, from15=national.from15),
        counties=[
            shapes.CountyPeople(
                code=area.code,
                name=area.name,
                number=people.number if people else None,
                under15=people.under15 if people else None,
                from15=people.from15 if people else None,
            )
            for area in counties(at.year)
            for people in [row.counties.get(area.code)]
        ],
    )


def _line(line: Line, names: dict[str, str]) -> shapes.MunicipalityNumbers:
    return shapes.MunicipalityNumbers(
        code=line.code,
        name=line.name,
        county=line.county,
        county_name=names[line.county],
        previous=line.previous.persons,
        previous_status=line.previous.status,
        proposed=line.proposed,
        recommended=line.number,
        outcome=line.outcome,
        final=line.asked_for,
    )
