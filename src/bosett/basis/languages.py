"""The languages in which everything is written, equal before the law: bokmål and nynorsk, and English beside them."""

from collections.abc import Mapping

LANGUAGE_NAMES: Mapping[str, str] = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
"""What each is called in itself, by its code."""
LANGUAGES = tuple(LANGUAGE_NAMES)
NORWEGIAN = ("nb", "nn")
"""The two forms of Norwegian: what letters to municipalities and counties are written in, by law."""
