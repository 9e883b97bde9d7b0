"""The forecasts of the need, each a version of its own."""

from collections.abc import Mapping
from typing import Any

from bosett_web.queries.situations import new_situation
from bosett_web.screens.buttons import buttons
from bosett_web.screens.forms import shown
from bosett_web.screens.round.forms import ForecastForm
from bosett_web.screens.screen import View


def forecasts(view: View) -> Mapping[str, Any]:
    """Build the page: the newest version first."""
    new = buttons(view.request, new_situation(view.whole), "forecast.register")
    may = bool(new) and not new[0].why_not
    return {
        "rows": list(reversed(view.at.forecasts)),
        "register": new[0] if new else None,
        "form": shown(view.request, ForecastForm, "forecast.register") if may else None,
    }
