"""The words of letters, by kind; the texts themselves are data, where a jurist reads and changes them."""

from bosett.words import FOLDER, Words

COMMON = Words(FOLDER / "letters" / "common.yaml")
CIRCULAR = Words(FOLDER / "letters" / "circular.yaml")
COUNTY = Words(FOLDER / "letters" / "county.yaml")
MEETINGS = Words(FOLDER / "letters" / "meetings.yaml")
NAMES = Words(FOLDER / "letters" / "names.yaml")
REQUEST = Words(FOLDER / "letters" / "request.yaml")
