"""What a PDF from outside carries and may not: scripts, programs, other files, ways out, locks, a second nature.

Every object is read by a parser (pypdf), so that what stands in a text is text. A reader of PDFs finds objects by the
file's own tables, or, when these are damaged, by looking for them; which, no one can tell. So each place is taken where
an object could begin: also in earlier versions of the document, in object streams, and where no table points
(ISO 32000-1, 7.3.10, 7.5.6, 7.5.7). What the parser cannot read in full is refused.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from types import MappingProxyType
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
    read_object,
)

from bosett.basis.box import Broken, Limits, boxed

LIMITS = Limits(seconds=30, memory=768 << 20)
UNPACKED = 20 << 20
"""Bytes that the object streams of a document may swell to, all together."""

_BEGINS = re.compile(rb"(?<![A-Za-z])(?:obj|trailer)(?![A-Za-z])")
"""What stands before an object, or before the dictionary of the file."""

_DEEDS = MappingProxyType(
    {
        "/JavaScript": "attachment_script",
        "/Rendition": "attachment_script",  # may run one
        "/Launch": "attachment_script",
        "/RichMediaExecute": "attachment_script",
        "/GoToR": "attachment_leads",
        "/GoToE": "attachment_leads",
        "/SubmitForm": "attachment_leads",
        "/ImportData": "attachment_leads",
        "/Movie": "attachment_files",
        "/Sound": "attachment_files",
        "/GoTo3DView": "attachment_files",
    }
)
"""What an action does (ISO 32000-1, 12.6.4): the deed is refused, whatever sets it off."""
_SORTS = MappingProxyType(
    dict.fromkeys(
        ("/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"), "attachment_files"
    )
)
"""Sorts of objects and annotations that are or hold other files (12.5.6)."""
_TEXT = (TextStringObject, ByteStringObject, StreamObject)
_TREE = ("/Names", "/Kids", "/Limits")
_KEYS: Mapping[str, tuple[str, tuple[type, ...], tuple[str, ...]]] = MappingProxyType(
    {
        "/JS": ("attachment_script", _TEXT, ()),
        "/JavaScript": ("attachment_script", (DictionaryObject,), _TREE),
        "/EF": ("attachment_files", (DictionaryObject,), ("/F", "/UF", "/DOS", "/Mac", "/Unix")),
        "/EmbeddedFiles": ("attachment_files", (DictionaryObject,), _TREE),
        "/RichMediaContent": ("attachment_files", (DictionaryObject,), ()),
        "/XFA": ("attachment_form", (ArrayObject, StreamObject), ()),
        "/Ref": ("attachment_leads", (DictionaryObject,), ("/F",)),  # a page of another document
        "/Encrypt": ("attachment_locked", (DictionaryObject,), ("/Filter",)),
    }
)
"""Keys, each with the type of its value and one of what stands in it: a place may be named by any word."""
_WAYS = frozenset({"", "http", "https", "mailto", "tel"})

_OTHERS = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_AT = ((128, b"DICM"), (257, b"ustar"), (32769, b"CD001"), (34817, b"CD001"), (36865, b"CD001"))
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|iframe|svg|hta:|\?php)", re.IGNORECASE)
_SNIFFED = 1024
"""Bytes from the beginning by which a browser guesses what a file is."""


class _Carries(Exception):
    """A document carries what it may not; `args[0]` is the code."""


def carried(content: bytes) -> str:
    """Return the code of what a PDF carries and may not; empty when it carries nothing such. It is read in a box."""
    try:
        return boxed(looked_through, content, limits=LIMITS).decode()
    except Broken as broken:
        return "attachment_unread" if broken.why == "died" else "attachment_swells"


def looked_through(content: bytes) -> bytes:
    """Return what is found in the box: the code, or nothing."""
    try:
        if _also_another(content):
            return b"attachment_two_kinds"
        for each in _objects(content):
            _look(each)
    except _Carries as fault:
        return str(fault).encode()
    except LimitReachedError:
        return b"attachment_swells"
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  - whatever a parser meets in a strange file: it has not been read
        return b"attachment_unread"
    return b""


def _objects(content: bytes) -> Iterator[PdfObject]:
    reader = PdfReader(BytesIO(content), strict=False)
    reader.strict = True  # of objects nothing is passed over
    if reader.is_encrypted:
        raise _Carries("attachment_locked")
    stream, read_to, left = BytesIO(content), 0, UNPACKED
    for match in _BEGINS.finditer(content):
        stream.seek(match.end())
        try:
            each = _read(stream, reader)
        except LimitReachedError:
            raise
        except Exception:
            if match.start() < read_to:  # a few bytes of a picture, or a word in a text
                continue
            raise
        read_to = max(read_to, stream.tell())
        yield each
        # Some readers take any stream with these for one of objects, whatever it says that it is.
        if isinstance(each, StreamObject) and "/N" in each and "/First" in each:
            unpacked = each.get_data()
            left -= len(unpacked)
            if left < 0:
                raise _Carries("attachment_swells")
            yield from _packed(each, unpacked, reader)


def _read(stream: BytesIO, reader: PdfReader) -> PdfObject:
    while (first := stream.read(1)).isspace() or first == b"\0":
        pass
    if first:
        stream.seek(-1, 1)
    return read_object(stream, reader)


def _packed(each: StreamObject, unpacked: bytes, reader: PdfReader) -> Iterator[PdfObject]:
    """Yield the objects of an object stream: numbers and places first, then the objects."""
    count, first = each["/N"], each["/First"]
    if not (isinstance(count, NumberObject) and isinstance(first, NumberObject)):
        raise TypeError(count)
    numbers = [int(number) for number in unpacked[:first].split()[: 2 * count]]
    if len(numbers) != 2 * count:
        raise ValueError(count)
    stream = BytesIO(unpacked)
    for place in numbers[1::2]:
        stream.seek(first + place)
        yield _read(stream, reader)


def _look(each: PdfObject) -> None:
    """Look at an object and at all that is written in it; what it only points to is looked at in its own place.

    Raises:
        _Carries: It is, or holds, what a document may not carry.
    """
    if isinstance(each, NameObject) and each in _DEEDS:  # an action elsewhere points to what it does
        raise _Carries(_DEEDS[each])
    waiting: list[object] = [each]
    while waiting:
        item = waiting.pop()
        if isinstance(item, DictionaryObject):
            _look_at(item)
            waiting += [item.raw_get(key) for key in item]
        elif isinstance(item, ArrayObject):
            waiting += list.__iter__(item)


def _look_at(dictionary: DictionaryObject) -> None:
    for key, table in (("/S", _DEEDS), ("/Subtype", _SORTS), ("/Type", _SORTS)):
        value = _value(dictionary, key)
        if isinstance(value, NameObject) and value in table:
            raise _Carries(table[value])
    for key, (code, types, one_of) in _KEYS.items():
        value = _value(dictionary, key)
        if isinstance(value, types) and (
            not one_of or (isinstance(value, dict) and not value.keys().isdisjoint(one_of))
        ):
            raise _Carries(code)
    if "/F" in dictionary and (isinstance(dictionary, StreamObject) or _value(dictionary, "/S") == "/Thread"):
        raise _Carries("attachment_leads")  # what it holds, or goes to, lies in another file
    way = _value(dictionary, "/URI")
    if isinstance(way, TextStringObject | ByteStringObject) and not _is_known(way):
        raise _Carries("attachment_leads")


def _value(dictionary: DictionaryObject, key: str) -> object:
    value = dictionary.raw_get(key) if key in dictionary else None
    return value.get_object() if isinstance(value, IndirectObject) else value


def _is_known(way: str | bytes) -> bool:
    """Return whether an address leads to a page, a letter or a telephone, or is none that says where it leads."""
    text = way.decode("latin-1") if isinstance(way, bytes) else way
    try:
        scheme = urlsplit("".join(letter for letter in text if letter > " ")).scheme
    except ValueError:
        return False
    return scheme in _WAYS or "." in scheme  # «www.imdi.no:80» names no way


def _also_another(content: bytes) -> bool:
    """Return whether a PDF can be opened as something else too: an archive, a disk, a page."""
    if any(mark in content for mark in _OTHERS) or any(content.startswith(mark, place) for place, mark in _AT):
        return True
    try:
        with ZipFile(BytesIO(content)) as archive:
            if archive.namelist():
                return True
    except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        pass
    return any(_MARKUP.search(part) for part in (content[:_SNIFFED], *_between(content)))


def _between(content: bytes) -> Iterator[bytes]:
    """Yield what stands between objects and streams, roughly: comments and what no reader of PDFs looks at."""
    end = 0
    for match in _BEGINS.finditer(content):
        if match.start() < end:
            continue
        yield content[end : match.start()]
        close = content.find(b"endobj", match.end()) if match[0] == b"obj" else match.end()
        end = len(content) if close < 0 else close
    yield content[end:]
