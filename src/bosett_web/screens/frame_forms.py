"""The forms that stand on every page: language and colours, and the demo's date."""

from bosett.basis.languages import LANGUAGES
from bosett_web.screens.fields import CarriedField, DayField, PickField
from bosett_web.screens.forms import PageForm

SCHEMES = ("auto", "light", "dark")


class DisplayForm(PageForm):
    """Language and colours; another choice than those that are offered changes nothing."""

    back = CarriedField()
    language = PickField("language", [(code, "") for code in LANGUAGES])
    scheme = PickField("scheme", [(code, f"scheme_{code}") for code in SCHEMES])


class ClockForm(PageForm):
    """The demo's date, which only goes forward."""

    day = DayField("demo_day", needed=True)
