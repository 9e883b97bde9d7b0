"""What is filled in of figures of one's own."""

from bosett.figures.compare import Row
from bosett_web.screens.boxes import TextArea
from bosett_web.screens.fields import CarriedField, CheckField, DayField, FileField, PickField, TextField
from bosett_web.screens.forms import PageForm

MOST_FILE = 10 * 1024 * 1024


class ReadFiguresForm(PageForm):
    """A file of figures, or what is pasted in its place, and what it does not say itself."""

    reader = PickField("field_reader")
    indicator = PickField("field_indicator")
    time = TextField("field_time", explained="figures_time_help")
    known_on = DayField("field_known_on", explained="figures_known_help")
    file = FileField("figures_file", most=MOST_FILE, kinds="")
    pasted = CarriedField("field_pasted", explained="figures_pasted_help", widget=TextArea(3))


class FetchFiguresForm(PageForm):
    """A publisher's table that is to be fetched."""

    what = PickField("field_fetched")
    time = TextField("field_fetch_year")


class AcceptFiguresForm(PageForm):
    """A version that is accepted, all of it or row by row."""

    which = CarriedField()
    looked = CheckField("figures_looked", value="yes")

    def ticked(self) -> list[str]:
        """Return the rows that were ticked, as they were sent."""
        return self.data.getlist("rows") if hasattr(self.data, "getlist") else []

    def rows(self) -> list[Row] | None:
        """Return time and code of the rows that were ticked; None when all are taken."""
        if self.text_of("which") != "some":
            return None
        parted = (each.partition("|") for each in self.ticked())
        return [(time, code) for time, _, code in parted]
