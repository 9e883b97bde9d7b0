"""Documents that come from outside: PDFs, checked and bounded, under a name that is only a name."""

import hashlib
from pathlib import PurePosixPath, PureWindowsPath

from bosett.sources.pdfs import carried
from bosett_web.actions.doing import Invalid
from bosett_web.actions.values import writable

LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 120
BEGINS, ENDS = b"%PDF-", b"%%EOF"
TAIL = 1024
"""A PDF ends with its mark within so many bytes (ISO 32000-1, annex H of earlier readers)."""


def checked(content: bytes) -> str:
    """Return the SHA-256 of a document that can be kept.

    Raises:
        Invalid: It is empty, too large, no PDF, or one that is locked, swells, or carries more than text and pictures.
    """
    if not content:
        raise Invalid("attachment", "attachment_missing")
    if len(content) > LARGEST:
        raise Invalid("attachment", "attachment_large", {"most": LARGEST // 1024 // 1024})
    if not content.startswith(BEGINS) or ENDS not in content[-TAIL:]:
        raise Invalid("attachment", "attachment_kind")
    if fault := carried(content):
        raise Invalid("attachment", fault)
    return hashlib.sha256(content).hexdigest()


def safe_name(name: str) -> str:
    """Return a file's own name: without folders and what could be read as more than a name, and ending in .pdf.

    Raises:
        Invalid: It has a sign that no document can be set with.
    """
    bare = PureWindowsPath(PurePosixPath(name.strip()).name).name
    kept = "".join(letter for letter in bare if letter.isprintable() and letter not in '"*:<>?|\\/')
    stem = kept.removesuffix(".pdf").removesuffix(".PDF").strip(". ") or "dokument"
    return writable("attachment", f"{stem[:LONGEST_NAME].rstrip('. ')}.pdf")
