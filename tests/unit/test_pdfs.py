"""What a PDF may not carry is found without opening it; what an ordinary one holds is left alone."""

import zlib
from collections.abc import Callable
from time import process_time

import pytest

import hostile
from bosett.documents.letters import letter_of
from bosett.render.typeset import typeset
from bosett_web.actions.pdfs import UNPACKED, carried
from letter_samples import request

WORST: dict[Callable[[], bytes], str] = {
    hostile.locked: "attachment_locked",
    hostile.scripted: "attachment_script",
    hostile.disguised: "attachment_script",
    hostile.launching: "attachment_script",
    hostile.hidden: "attachment_script",
    hostile.commented: "attachment_script",
    hostile.rendering: "attachment_script",
    hostile.commented_objects: "attachment_script",
    hostile.parted: "attachment_unread",
    hostile.cut: "attachment_unread",
    hostile.nested: "attachment_unread",
    hostile.carrying: "attachment_files",
    hostile.swelling: "attachment_swells",
    hostile.unreadable: "attachment_unread",
}


@pytest.mark.parametrize(("make", "code"), WORST.items(), ids=lambda each: getattr(each, "__name__", each))
def test_what_may_not_be_carried_is_found(make: Callable[[], bytes], code: str) -> None:
    assert carried(make()) == code


@pytest.mark.parametrize(
    "content",
    [
        hostile.plain(),
        hostile.packed(b"5 0 << /Type /Page >>", filters=b""),
        hostile.packed(zlib.compress(b"5 0 << /Type /Page >>")),
        # A picture may hold any few bytes by chance.
        b"%PDF-1.7\n1 0 obj << /Type /XObject >>\nstream\n/JS stream\n /JS\nendstream endobj\n%%EOF\n",
        # These only begin as the others do.
        b"%PDF-1.7\n1 0 obj << /JSAnything 1 /EncryptMetadata false /Launcher 2 >> endobj\n%%EOF\n",
    ],
)
def test_an_ordinary_document_carries_nothing(content: bytes) -> None:
    assert carried(content) == ""


def test_several_streams_swell_together() -> None:
    half = zlib.compress(b"5 0".ljust(UNPACKED // 2 + 1))
    assert carried(hostile.packed(half)) == ""
    assert carried(hostile.packed(half) + hostile.packed(half)) == "attachment_swells"


def test_a_letter_of_the_workspace_carries_nothing() -> None:
    assert carried(typeset(letter_of(request(), "nb"))) == ""


@pytest.mark.parametrize(
    "word", [b"stream\n", b"endstream", b"stream\nendstream", b"/ObjStm ", b"/ObjStm obj stream\n"]
)
def test_ten_megabytes_of_one_word_are_gone_through_once(word: bytes) -> None:
    begun = process_time()
    carried(b"%PDF-1.7\n" + word * (10 * 1024 * 1024 // len(word)) + b"\n%%EOF\n")
    assert process_time() - begun < 5  # more than once through would take hours
