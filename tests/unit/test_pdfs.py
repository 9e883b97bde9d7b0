"""What a PDF may not carry is found without opening it; what an ordinary one holds is left alone."""

import zlib
from collections.abc import Callable

import pytest

import hostile
from bosett_web.actions.pdfs import UNPACKED, carried

WORST: dict[Callable[[], bytes], str] = {
    hostile.locked: "attachment_locked",
    hostile.scripted: "attachment_script",
    hostile.disguised: "attachment_script",
    hostile.launching: "attachment_script",
    hostile.hidden: "attachment_script",
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
        # A picture may hold any bytes at all.
        b"%PDF-1.7\n1 0 obj << /Type /XObject >>\nstream\n/JavaScript /JS /Encrypt\nendstream endobj\n%%EOF\n",
        # These only begin as the others do.
        b"%PDF-1.7\n1 0 obj << /JSAnything 1 /EncryptMetadata false /Launcher 2 >> endobj\n%%EOF\n",
    ],
)
def test_an_ordinary_document_carries_nothing(content: bytes) -> None:
    assert carried(content) == ""


def test_several_streams_swell_together() -> None:
    half = zlib.compress(b" " * (UNPACKED // 2 + 1))
    assert carried(hostile.packed(half)) == ""
    assert carried(hostile.packed(half) + hostile.packed(half)) == "attachment_swells"
