"""Documents that nobody should keep: locked, with scripts or other files, of two kinds, swelling, or past reading."""

import io
import zipfile
import zlib

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)


def plain() -> bytes:
    """Return a PDF of one empty page, as a program makes it."""
    return _written(_one_page())


def added(objects: bytes) -> bytes:
    """Return one with more behind its end, which its table does not know of."""
    document = plain()
    table = document.rindex(b"startxref")
    return document + objects + document[table:]


def padded(size: int) -> bytes:
    """Return one with a stream of so many bytes."""
    return added(b"9 0 obj << /Length %d >> stream\n" % size + b"x" * size + b"\nendstream endobj\n")


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


def does(deed: str, **more: str) -> bytes:
    """Return one that does something by a name when it is opened."""
    return _opening(S=NameObject(f"/{deed}"), **{key: TextStringObject(value) for key, value in more.items()})


def leads(address: str) -> bytes:
    """Return one whose page has a link to an address."""
    return _annotated(Subtype=NameObject("/Link"), A=_dictionary(S=NameObject("/URI"), URI=TextStringObject(address)))


def annotated(sort: str) -> bytes:
    """Return one whose page has an annotation of a sort."""
    return _annotated(Subtype=NameObject(f"/{sort}"))


def additional() -> bytes:
    """Return one whose page runs a script when it is shown."""
    writer = _one_page()
    script = _dictionary(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert('here');"))
    writer.pages[0][NameObject("/AA")] = _dictionary(O=script)
    return _written(writer)


def named_script() -> bytes:
    """Return one with a script that belongs to the document, by a name."""
    writer = _one_page()
    script = _dictionary(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert('here');"))
    tree = _dictionary(Names=ArrayObject([TextStringObject("first"), script]))
    writer.root_object[NameObject("/Names")] = _dictionary(JavaScript=tree)
    return _written(writer)


def forming() -> bytes:
    """Return one whose form is another document, with scripts of its own (XFA)."""
    writer = _one_page()
    form = StreamObject()
    form.set_data(b"<xdp:xdp/>")
    writer.root_object[NameObject("/AcroForm")] = _dictionary(XFA=writer._add_object(form))  # noqa: SLF001
    return _written(writer)


def outside_stream() -> bytes:
    """Return one with a stream that lies in another file."""
    return added(b"9 0 obj << /Length 0 /F (//host/share) >> stream\n\nendstream endobj\n")


def by_reference() -> bytes:
    """Return one whose action points to the name of what it does."""
    action = b"<< /S 91 0 R /JS (app.alert) >> endobj\n91 0 obj /JavaScript endobj\n"
    return added(b"90 0 obj " + action)


def updated() -> bytes:
    """Return one that was given a script after it was written."""
    writer = PdfWriter(io.BytesIO(plain()), incremental=True)
    script = _dictionary(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert('here');"))
    writer.root_object[NameObject("/OpenAction")] = script
    document = _written(writer)
    assert document.startswith(plain())
    return document


def unsaid() -> bytes:
    """Return one whose script lies in a packed object stream that does not say what it is."""
    action = zlib.compress(b"7 0 << /S /JavaScript /JS (app.alert) >>")
    stream = b"8 0 obj << /N 1 /First 4 /Filter /FlateDecode /Length %d >> stream\n" % len(action)
    return added(stream + action + b"\nendstream endobj\n")


def doubled() -> bytes:
    """Return one whose action does two things, of which readers take the first or the last."""
    return added(b"90 0 obj << /S /GoTo /S /JavaScript /JS (app.alert) >> endobj\n")


def archived() -> bytes:
    """Return one that is an archive too."""
    file = io.BytesIO(plain())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("run.exe", b"MZ")
        archive.comment = b"%%EOF\n"
    return file.getvalue()


def paged(where: str) -> bytes:
    """Return one that is a page of the web too, in a comment at its beginning or after its end, or in a stream."""
    page = b"<html><script>alert(1)</script></html>"
    if where == "first stream":
        return b"%PDF-1.7\n1 0 obj << /Length 38 >> stream\n" + page + b"\nendstream endobj\n" + plain()[9:]
    if where == "beginning":
        return plain().replace(b"\n", b"\n%" + page + b"\n", 1)
    return plain() + b"%" + b"x" * 2000 + page + b"\n%%EOF\n"


def on_disk() -> bytes:
    """Return one that is the image of a disk too."""
    return plain().ljust(32769) + b"CD001\n%%EOF\n"


def disguised() -> bytes:
    """Return one whose script is named with numbers for letters."""
    return scripted().replace(b"/JavaScript", b"/J#61vaScrip#74").replace(b"/JS", b"/#4AS")


def packed(inside: bytes, *, filters: bytes = b"/Filter /FlateDecode") -> bytes:
    """Return one with an object stream."""
    head = b"8 0 obj << /Type /ObjStm /N 1 /First 4 " + filters + b" /Length %d >>\nstream\n" % len(inside)
    return added(head + inside + b"\nendstream endobj\n")


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
    head = b"8 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(inside)
    return _seeming(head + inside + b"\nendstream endobj\n")


def parted() -> bytes:
    """Return one whose object stream seems to begin, and to end, in a comment of its dictionary."""
    inside = zlib.compress(b"5 0 << /S /JavaScript /JS (app.alert) >>")
    head = b"8 0 obj << /Type /ObjStm /N 1 /First 4 %%stream\n%%endstream\n/Filter /FlateDecode /Length %d >>\nstream\n"
    return added(head % len(inside) + inside + b"\nendstream endobj\n")


def cut() -> bytes:
    """Return one whose object stream holds, in the open, the word that ends streams, and packed behind it a script."""
    first, second = b"5 17 << >> endstream ", b"<< /S /JavaScript >>"
    length = len(first)
    pack = zlib.compressobj(wbits=-15)
    opened = b"\x78\x01\x00" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little") + first
    whole = opened + pack.compress(second) + pack.flush() + zlib.adler32(first + second).to_bytes(4, "big")
    assert zlib.decompress(whole) == first + second
    return packed(whole)


def swelling() -> bytes:
    """Return a small one whose object stream unpacks to 100 MB."""
    return packed(zlib.compress(b" " * 100 * 1024 * 1024))


def unreadable() -> bytes:
    """Return one whose object stream is packed in no way that can be read."""
    return packed(b"not packed by this", filters=b"/Filter /LZWDecode")


def _seeming(objects: bytes) -> bytes:
    """Return a document whose comment looks like the beginning of a stream that holds some objects."""
    return added(b"%stream\n" + objects + b"2 0 obj << /Length 1 >> stream\n\n\nendstream endobj\n")


def _opening(**action: PdfObject) -> bytes:
    """Return one that does something when it is opened."""
    writer = _one_page()
    writer.root_object[NameObject("/OpenAction")] = _dictionary(**action)
    return _written(writer)


def _annotated(**annotation: PdfObject) -> bytes:
    writer = _one_page()
    writer.pages[0][NameObject("/Annots")] = ArrayObject([_dictionary(Type=NameObject("/Annot"), **annotation)])
    return _written(writer)


def _dictionary(**values: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in values.items()})


def _one_page() -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    return writer


def _written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
