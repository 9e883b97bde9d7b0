"""Documents that nobody should keep: locked, with scripts or other files, swelling, or past reading."""

import io
import zlib

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, PdfObject, TextStringObject


def plain() -> bytes:
    """Return a PDF of one empty page, as a program makes it."""
    return _written(_one_page())


def locked() -> bytes:
    """Return one with a password."""
    writer = _one_page()
    writer.encrypt("secret")
    return _written(writer)


def scripted() -> bytes:
    """Return one that runs a script when it is opened."""
    return _opening(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert('here');"))


def launching() -> bytes:
    """Return one that starts a program when it is opened."""
    return _opening(S=NameObject("/Launch"), F=TextStringObject("calc.exe"))


def carrying() -> bytes:
    """Return one with another file inside."""
    writer = _one_page()
    writer.add_attachment("other.exe", b"MZ")
    return _written(writer)


def disguised() -> bytes:
    """Return one whose script is named with numbers for letters."""
    return scripted().replace(b"/JavaScript", b"/J#61vaScrip#74").replace(b"/JS", b"/#4AS")


def packed(inside: bytes, *, filters: bytes = b"/Filter /FlateDecode") -> bytes:
    """Return one with an object stream."""
    head = b"%PDF-1.7\n1 0 obj << /Type /ObjStm /N 1 /First 4 " + filters + b" >>\nstream\n"
    return head + inside + b"\nendstream endobj\ntrailer << >>\n%%EOF\n"


def hidden() -> bytes:
    """Return one whose script lies in a packed object stream."""
    return packed(zlib.compress(b"5 0 << /S /JavaScript /JS (app.alert) >>"))


def commented() -> bytes:
    """Return one whose script stands between a comment that looks like a stream and the end of a real one."""
    return _seeming(b"1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert) >> >> endobj\n")


def rendering() -> bytes:
    """Return one whose script stands there too, in an action that needs no long name of a script."""
    return _seeming(b"1 0 obj << /OpenAction << /S /Rend#69tion /OP 0 /JS (app.alert) >> >> endobj\n")


def commented_objects() -> bytes:
    """Return one whose packed object stream stands there."""
    inside = zlib.compress(b"5 0 << /S /JavaScript /JS (app.alert) >>")
    return _seeming(b"1 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + inside + b"\nendstream endobj\n")


def parted() -> bytes:
    """Return one whose object stream seems to begin, and to end, in a comment of its dictionary."""
    inside = zlib.compress(b"5 0 << /S /JavaScript /JS (app.alert) >>")
    head = b"%PDF-1.7\n1 0 obj << /Type /ObjStm %stream\n1 0 %endstream\n/Filter /FlateDecode >>\nstream\n"
    return head + inside + b"\nendstream endobj\n%%EOF\n"


def cut() -> bytes:
    """Return one whose object stream holds, in the open, the word that ends streams, and packed behind it a script."""
    first, second = b"5 0 << >> endstream ", b"<< /S /JavaScript >>"
    length = len(first)
    pack = zlib.compressobj(wbits=-15)
    opened = b"\x78\x01\x00" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little") + first
    whole = opened + pack.compress(second) + pack.flush() + zlib.adler32(first + second).to_bytes(4, "big")
    assert zlib.decompress(whole) == first + second
    return packed(whole)


def nested() -> bytes:
    """Return one whose object streams lie in one another, each to be unpacked to the end of all."""
    empty = b"/ObjStm stream\n" + zlib.compress(b"5 0 << >>")
    return b"%PDF-1.7\n" + empty * 100_000 + b"\nendstream\n%%EOF\n"


def swelling() -> bytes:
    """Return a small one whose object stream unpacks to 100 MB."""
    return packed(zlib.compress(b" " * 100 * 1024 * 1024))


def unreadable() -> bytes:
    """Return one whose object stream is packed in no way that can be read."""
    return packed(b"not packed by this", filters=b"/Filter /LZWDecode")


def _seeming(objects: bytes) -> bytes:
    """Return a document whose comment looks like the beginning of a stream that holds some objects."""
    return b"%PDF-1.7\n%stream\n" + objects + b"2 0 obj << /Length 1 >> stream\n\nendstream endobj\n%%EOF\n"


def _opening(**action: PdfObject) -> bytes:
    """Return one that does something when it is opened."""
    writer = _one_page()
    named = {NameObject(f"/{name}"): value for name, value in action.items()}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(named)
    return _written(writer)


def _one_page() -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    return writer


def _written(writer: PdfWriter) -> bytes:
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()
