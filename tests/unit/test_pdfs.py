"""What a PDF may not carry is found by reading it; words in texts are words, and an ordinary document is taken."""

import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import hostile
from bosett.basis.box import Broken
from bosett.documents.letters import letter_of
from bosett.render.typeset import typeset
from bosett.sources import pdfs
from bosett.sources.pdfs import UNPACKED, carried, looked_through
from letter_samples import request

pytestmark = pytest.mark.typeset

ORDINARY = sorted((Path(__file__).resolve().parents[1] / "golden" / "pdfs").glob("*.pdf"))
WORST: dict[Callable[[], bytes], str] = {
    hostile.locked: "attachment_locked",
    hostile.scripted: "attachment_script",
    hostile.additional: "attachment_script",
    hostile.named_script: "attachment_script",
    hostile.disguised: "attachment_script",
    hostile.launching: "attachment_script",
    hostile.hidden: "attachment_script",
    hostile.unsaid: "attachment_script",
    hostile.updated: "attachment_script",
    hostile.by_reference: "attachment_script",
    hostile.commented: "attachment_script",
    hostile.rendering: "attachment_script",
    hostile.commented_objects: "attachment_script",
    partial(hostile.does, "Rendition"): "attachment_script",
    partial(hostile.does, "SubmitForm", F="https://example.no"): "attachment_leads",
    partial(hostile.does, "ImportData", F="other.fdf"): "attachment_leads",
    partial(hostile.does, "GoToR", F="other.pdf"): "attachment_leads",
    partial(hostile.does, "GoToE", T="other"): "attachment_leads",
    partial(hostile.does, "Thread", F="other.pdf"): "attachment_leads",
    partial(hostile.does, "Movie"): "attachment_files",
    partial(hostile.leads, "javascript:alert(1)"): "attachment_leads",
    partial(hostile.leads, "java\nscript:alert(1)"): "attachment_leads",
    partial(hostile.leads, "file:///etc/passwd"): "attachment_leads",
    partial(hostile.leads, "http://["): "attachment_leads",
    hostile.outside_stream: "attachment_leads",
    hostile.forming: "attachment_form",
    hostile.parted: "attachment_script",
    hostile.cut: "attachment_script",
    hostile.doubled: "attachment_unread",
    hostile.carrying: "attachment_files",
    partial(hostile.annotated, "FileAttachment"): "attachment_files",
    partial(hostile.annotated, "RichMedia"): "attachment_files",
    partial(hostile.annotated, "Screen"): "attachment_files",
    hostile.swelling: "attachment_swells",
    hostile.unreadable: "attachment_unread",
    hostile.archived: "attachment_two_kinds",
    partial(hostile.paged, "beginning"): "attachment_two_kinds",
    partial(hostile.paged, "end"): "attachment_two_kinds",
    partial(hostile.paged, "first stream"): "attachment_two_kinds",
    hostile.on_disk: "attachment_two_kinds",
    lambda: hostile.plain() + b"Rar!\x1a\x07\x00%%EOF\n": "attachment_two_kinds",
}


@pytest.mark.parametrize(("make", "code"), WORST.items(), ids=[f"{n}" for n in range(len(WORST))])
def test_what_may_not_be_carried_is_found(make: Callable[[], bytes], code: str) -> None:
    assert looked_through(make()).decode() == code


@pytest.mark.parametrize("path", ORDINARY, ids=lambda path: path.stem)
def test_words_inside_texts_are_no_names(path: Path) -> None:
    assert looked_through(path.read_bytes()) == b""


@pytest.mark.parametrize(
    "content",
    [
        hostile.plain(),
        hostile.packed(zlib.compress(b"5 0 << /Type /Page >>")),
        hostile.leads("https://innsyn.example.no/sak/Launch/JS-1"),
        hostile.leads("www.example.no:8080/obj"),
        hostile.leads("mailto:post@example.no"),
        hostile.does("GoTo"),
        hostile.does("Named", N="NextPage"),
        hostile.does("Thread"),
        hostile.annotated("Widget"),
        # A picture may hold any few bytes by chance.
        hostile.added(b"9 0 obj << /Length 24 >> stream\n/JS obj ]] /JavaScript >\nendstream endobj\n"),
        # Somebody may name a place, or a typeface, as they like; and a text may say what it likes.
        hostile.added(b"9 0 obj << /JS [3 0 R /Fit] /Launch << /D [3 0 R /Fit] >> /EF << >> >> endobj\n"),
        hostile.added(b"9 0 obj << /T (1 obj << a) /U (/S /Launch >> obj) >> endobj\n"),
        hostile.added(b"9 0 obj << /JSAnything (x) /EncryptMetadata false >> endobj\n"),
    ],
    ids=range(13),
)
def test_an_ordinary_document_carries_nothing(content: bytes) -> None:
    assert looked_through(content) == b""


def test_several_streams_swell_together() -> None:
    half = zlib.compress(b"5 0 null".ljust(UNPACKED // 2 + 1))
    assert looked_through(hostile.packed(half)) == b""
    assert looked_through(hostile.packed(half) + hostile.packed(half)) == b"attachment_swells"


def test_a_letter_of_the_workspace_carries_nothing_and_it_is_read_in_a_box() -> None:
    assert carried(typeset(letter_of(request(), "nb"))) == ""
    assert carried(hostile.scripted()) == "attachment_script"


@pytest.mark.parametrize(
    ("why", "code"), [("time", "attachment_swells"), ("memory", "attachment_swells"), ("died", "attachment_unread")]
)
def test_a_box_that_breaks_is_a_document_that_is_not_taken(
    why: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> bytes:
        raise Broken(why)

    monkeypatch.setattr(pdfs, "boxed", breaks)
    assert carried(hostile.plain()) == code


@pytest.mark.parametrize("word", [b"stream\n", b"endstream", b"/ObjStm ", b"/ObjStm obj stream\n", b"1 0 obj [", b"%"])
def test_a_megabyte_of_one_word_ends_in_the_box(word: bytes) -> None:
    assert carried(b"%PDF-1.7\n" + word * (1024 * 1024 // len(word)) + b"\n%%EOF\n").startswith("attachment_")
