"""How a person has chosen to be told of what is new, and what became of the last e-mail."""

from dataclasses import dataclass
from datetime import datetime

from bosett_web.accounts.models import AlertHow, AlertSent, AlertSettings


@dataclass(frozen=True, slots=True)
class AlertChoice:
    """What a person has chosen; `state` is what became of the last e-mail, and `at` when; empty when none was sent."""

    often: str
    address: str
    state: str = ""
    at: datetime | None = None


def alert_choice(person: int) -> AlertChoice:
    """Return what a person has chosen; never, when nothing. In two queries."""
    row = AlertSettings.objects.filter(person=person).values_list("often", "address").first()
    last = AlertSent.objects.filter(person=person).order_by("-at", "-pk").values_list("state", "at").first()
    often, address = row or (AlertHow.NEVER.value, "")
    return AlertChoice(often, address, *(last or ("", None)))
