"""By when something is to be done, in words: a day, a season that was announced, or that no day is known."""

from collections.abc import Mapping

from bosett.rounds.due import DueBy, Season
from bosett_web.screens import formats
from bosett_web.screens.words import say

SEASONS: Mapping[Season, str] = {Season.JUNE: "in_june", Season.SUMMER: "in_summer", Season.AUTUMN: "in_autumn"}


def when(by: DueBy | None, language: str, *, on_its_day: bool = False) -> str:
    """Return by when in words; that no day is known when none is."""
    if by is None:
        return say("no_day", language)
    if by.season is not None:
        return say(SEASONS[by.season], language, year=by.last.year)
    return say("on_day" if on_its_day else "by_day", language, day=formats.day(by.last, language))
