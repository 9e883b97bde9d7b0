"""What of a round's letters could not be made, and why; and what was left out of what was done with several."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from bosett_web.journal.models import Event


@dataclass(frozen=True, slots=True)
class Unmade:
    """A letter that could not be made: the codes of what it lacks, or what the typesetting told."""

    reference: str
    lacks: tuple[str, ...] = ()
    fault: str = ""


def left_out(event: Event) -> tuple[str, ...]:
    """Return the references of letters left out of what was done with several, as they were not true any more."""
    return tuple(json.loads(event.body)["after"].get("left_out", ()))


def unmade(year: int, wanted: Collection[str]) -> tuple[Unmade, ...]:
    """Return those of the wanted letters that could not be made when they were last ordered.

    Args:
        year: Settlement year.
        wanted: References of letters that are still to be made.
    """
    ordered = Event.objects.filter(round=year, name="letter.order").order_by("-pk").values_list("pk", flat=True).first()
    not_made: dict[str, Unmade] = {}
    bodies = Event.objects.filter(round=year, name="letter.make", pk__gt=ordered or 0).order_by("pk")
    for body in bodies.values_list("body", flat=True):
        after = json.loads(body)["after"]
        for reference in after["letters"]:
            not_made.pop(reference, None)
        for reference, why in after["not_made"].items():
            not_made[reference] = Unmade(reference, tuple(why.get("lacks", ())), why.get("told", ""))
    return tuple(each for reference, each in sorted(not_made.items()) if reference in wanted)
