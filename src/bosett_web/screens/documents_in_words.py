"""What a document of a round is called in words, at the desk and on the public pages."""

from bosett_web.screens.words import say


def title(kind: str, letter: str, language: str) -> str:
    """Return what a document is called, by its kind and the kind of letter that it is (empty for none)."""
    return say(f"letter_{letter}" if letter else f"document_{kind}", language)
