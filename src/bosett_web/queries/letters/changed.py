"""What is otherwise in a round's letters than the year before: the number that they ask for, and their wording."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from bosett.documents.letters.differences import Passage, PassageChange
from bosett.figures.kinds import Figure, Status
from bosett_web.queries.letters.former_texts import Formers, compared
from bosett_web.queries.letters.letters import LetterRow
from bosett_web.queries.letters.numbers import LetterPersons, persons_of
from bosett_web.queries.lines import lines
from bosett_web.queries.standing_rows import Standing


class Change(StrEnum):
    """How a letter stands to the year before."""

    MORE = "more"
    FEWER = "fewer"
    SAME = "same"
    NEW = "new"
    """Asked now, and not the year before."""
    NO_LONGER = "no_longer"
    """Asked the year before, and not now."""
    WORDED = "worded"
    """A passage is worded otherwise, new or gone."""
    UNCHANGED = "unchanged"
    """The same wording, but for facts."""
    UNCOMPARED = "uncompared"
    """There is no earlier text to compare with."""

    @classmethod
    def of_wording(cls) -> frozenset[str]:
        """Return those for which the texts of the letters are read and compared."""
        return frozenset({cls.WORDED, cls.UNCHANGED, cls.UNCOMPARED})


def before_of(at: Standing) -> Mapping[str, Figure]:
    """Return what each municipality was asked for the year before, as it was known on the round's day, or why not."""
    return {line.code: line.previous for line in lines(at, None)}


def changes_by_letter(at: Standing, rows: Iterable[LetterRow], *, wording: bool) -> Mapping[int, frozenset[str]]:
    """Return how letters stand to the year before, by identity.

    Args:
        at: The round as it stands.
        rows: The letters.
        wording: Whether their wording is compared; else their numbers are.
    """
    listed = tuple(rows)
    if wording:
        comparisons = compared(at.year, listed, Formers(at.year))
        return {
            row.id: frozenset({_worded(comparisons[row.id].passages) if row.id in comparisons else Change.UNCOMPARED})
            for row in listed
        }
    persons, before = persons_of(at.year), before_of(at)
    return {row.id: frozenset(_numbered(persons.get(row.id), before.get(row.receiver))) for row in listed}


def _numbered(now: LetterPersons | None, before: Figure | None) -> Iterable[Change]:
    """Return how a number stands to the one before; nothing where one of them is not known."""
    if now is None or now.number is None or before is None or before.status in (Status.MISSING, Status.HIDDEN):
        return ()
    was = 0 if before.persons is None else before.persons  # who was not asked was asked for nobody
    if bool(now.number) != bool(was):
        return (Change.NEW,) if now.number else (Change.NO_LONGER,)
    return (Change.SAME if now.number == was else Change.MORE if now.number > was else Change.FEWER,)


def _worded(passages: Iterable[Passage]) -> Change:
    alike = {PassageChange.SAME, PassageChange.FACTS}
    return Change.UNCHANGED if all(each.change in alike for each in passages) else Change.WORDED
