"""What a PDF may not carry, found without opening it: scripts, programs, other files, locks, and what swells.

A reader finds an object by its place, also within what only looks like a stream or a comment. So the long names are
looked for everywhere, in packed object streams too (ISO 32000-1, 7.3.5 and 7.5.7), which are unpacked within bounds.
A short name stands by chance in pictures, and is looked for outside streams. All goes once through the document.
"""

import re
import zlib
from collections.abc import Iterator

UNPACKED = 20 * 1024 * 1024
"""Bytes that the object streams of a document may swell to, all together."""


def _names(*names: str) -> bytes:
    """Return a pattern for names; letters may be written as numbers, /J#61vaScript for /JavaScript."""
    spelled = (b"".join(b"(?:%c|(?i:#%02x))" % (letter, letter) for letter in name.encode()) for name in names)
    return b"/(?:" + b"|".join(spelled) + rb")\b"


_CARRIED = {
    "attachment_locked": re.compile(_names("Encrypt")),
    # A rendition may run a script by the short name alone.
    "attachment_script": re.compile(_names("JavaScript", "Launch", "Rendition")),
    "attachment_files": re.compile(_names("EmbeddedFiles", "EmbeddedFile", "RichMedia")),
}
_SHORT = re.compile(_names("JS"))
_OBJECTS = re.compile(_names("ObjStm"))
_BEGINS, _ENDS = re.compile(rb"stream(?<!endstream)[ \t]*[\r\n]"), b"endstream"
_KEYWORD = re.compile(rb"stream(?<!endstream)(?:[ \t]*(?:\r\n|\n|\r))?")
_FILTER = re.compile(_names("Filter"))
_ODD_FILTERS = re.compile(_names("ASCIIHexDecode", "ASCII85Decode", "LZWDecode", "RunLengthDecode", "Crypt"))
_FIRST = re.compile(rb"[ \t\r\n]*[0-9]")
"""An object stream begins with the number of its first object."""


def carried(content: bytes) -> str:
    """Return the code of what a PDF carries and may not; empty when it carries nothing such."""
    if code := _told(content):
        return code
    if any(_SHORT.search(part) for part in _outside(content)):
        return "attachment_script"
    left = UNPACKED
    for packed, plain in _object_streams(content):
        unpacking = zlib.decompressobj()
        try:
            part, whole = unpacking.decompress(packed, left), unpacking.eof
        except zlib.error:
            part, whole = packed if plain else b"", plain
        left -= len(part)
        if left <= 0:
            return "attachment_swells"
        if not whole or not _FIRST.match(part):
            return "attachment_unread"
        if code := _told(part) or ("attachment_script" if _SHORT.search(part) else ""):
            return code
    return ""


def _told(text: bytes) -> str:
    return next((code for code, pattern in _CARRIED.items() if pattern.search(text)), "")


def _outside(content: bytes) -> Iterator[bytes]:
    """Yield what stands outside streams; one that does not end is none."""
    place = 0
    while found := _BEGINS.search(content, place):
        end = content.find(_ENDS, found.end())
        if end < 0:
            break
        yield content[place : found.start()]
        place = end + len(_ENDS)
    yield content[place:]


def _object_streams(content: bytes) -> Iterator[tuple[bytes, bool]]:
    """Yield the bytes of each object stream, and whether they may stand there unpacked: its dictionary says both.

    What cannot be told apart is yielded as empty: a comment or a text in the dictionary may hide where it ends, and
    one object stream does not lie in another.
    """
    place, end = 0, 0
    odd = _ODD_FILTERS.search(content) is not None
    while (named := _OBJECTS.search(content, place)) and (begin := _KEYWORD.search(content, named.end())):
        told = content[max(end, content.rfind(b"obj", end, named.start())) : begin.start()]
        if begin.start() < end or b"%" in told or b"(" in told:
            yield b"", False
        place, end = begin.end(), content.find(_ENDS, begin.end())
        end = len(content) if end < 0 else end
        yield content[place:end], not (odd or _FILTER.search(told))
