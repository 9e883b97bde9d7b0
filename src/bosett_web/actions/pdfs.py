"""What a PDF may not carry, found without opening it: scripts, programs, other files, locks, and what swells.

Names stand in the open outside the streams (ISO 32000-1, 7.3.5), or in packed object streams, which are unpacked within
bounds. What lies in other streams is text and pictures, and is not looked at.
"""

import re
import zlib
from collections.abc import Iterator

UNPACKED = 20 * 1024 * 1024
"""Bytes that the object streams of a document may swell to, all together."""

_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)(.*?)endstream", re.DOTALL)
_OBJECTS, _PACKED = re.compile(rb"/ObjStm\b"), re.compile(rb"/Filter\b")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_CARRIED = {
    "attachment_locked": re.compile(rb"/Encrypt\b"),
    "attachment_script": re.compile(rb"/(JavaScript|JS|Launch)\b"),
    "attachment_files": re.compile(rb"/(EmbeddedFiles?|RichMedia)\b"),
}


def carried(content: bytes) -> str:
    """Return the code of what a PDF carries and may not; empty when it carries nothing such."""
    if code := _told(_STREAM.sub(b" ", content)):
        return code
    left = UNPACKED
    for packed, filtered in _object_streams(content):
        try:
            part = zlib.decompressobj().decompress(packed, left) if filtered else packed
        except zlib.error:
            return "attachment_unread"
        left -= len(part)
        if left <= 0:
            return "attachment_swells"
        if code := _told(part):
            return code
    return ""


def _told(text: bytes) -> str:
    return next((code for code, pattern in _CARRIED.items() if pattern.search(_plain(text))), "")


def _plain(text: bytes) -> bytes:
    """Return text with its names plain: one may be written with numbers for letters, /J#61vaScript for /JavaScript."""
    return _HEX.sub(lambda found: bytes([int(found[1], 16)]), text)


def _object_streams(content: bytes) -> Iterator[tuple[bytes, bool]]:
    """Yield the bytes of each object stream, and whether they are packed: what stands before it says both."""
    end = 0
    for found in _STREAM.finditer(content):
        before = _plain(content[end : found.start()])
        if _OBJECTS.search(before):
            yield found[1], _PACKED.search(before) is not None
        end = found.end()
