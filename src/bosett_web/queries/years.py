"""The years that there is a round of."""

from bosett_web.records.models import SettlementRound


def years() -> tuple[int, ...]:
    """Return the years of the rounds, newest first."""
    return tuple(SettlementRound.objects.order_by("-year").values_list("year", flat=True))
