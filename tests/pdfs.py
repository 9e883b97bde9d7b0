"""Letters read back from their PDFs, independently of what set them: language, title, tags, conformance, text."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the structure: its tag, the tag of its parent, and its language if it has one of its own."""

    tag: str
    parent: str
    language: str | None
    headers: bool


class Read:
    """A PDF that has been read."""

    def __init__(self, pdf: bytes) -> None:
        self._reader = PdfReader(io.BytesIO(pdf), strict=True)
        self.root: dict[str, Any] = self._reader.trailer["/Root"].get_object()  # type: ignore[assignment]
        self.pages = len(self._reader.pages)

    @property
    def language(self) -> str:
        """The language of the whole document."""
        return str(self.root["/Lang"])

    @property
    def title(self) -> str:
        """The title in the file's own description."""
        metadata = self._reader.metadata
        assert metadata is not None
        return str(metadata.title)

    @property
    def description(self) -> str:
        """The XMP packet, which says what the file conforms to."""
        return str(self.root["/Metadata"].get_object().get_data().decode())

    def text(self, page: int) -> str:
        """The text of a page, the first is 1, with plain spaces."""
        return re.sub(r"\s+", " ", self._reader.pages[page - 1].extract_text())

    @property
    def whole(self) -> str:
        """The text of all pages."""
        return " ".join(self.text(page + 1) for page in range(self.pages))

    def baselines(self, page: int) -> list[float]:
        """The heights in points at which lines of a page stand, the highest first; the first page is 1."""
        heights: set[float] = set()

        def see(text: str, outer: list[float], inner: list[float], *_: object) -> None:
            if text.strip():
                heights.add(round(inner[5] * outer[3] + outer[5], 1))

        self._reader.pages[page - 1].extract_text(visitor_text=see)
        return sorted(heights, reverse=True)

    def elements(self) -> Iterator[Element]:
        """Yield the structure in reading order."""
        yield from _walk(self.root["/StructTreeRoot"]["/K"], "")


def _walk(node: Any, parent: str) -> Iterator[Element]:  # noqa: ANN401  - what a PDF holds is of any type
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from _walk(each, parent)
    elif isinstance(node, dict) and "/S" in node:
        tag, language = str(node["/S"]), node.get("/Lang")
        headers = "/Headers" in str(node.get("/A", ""))
        yield Element(tag, parent, None if language is None else str(language), headers)
        if "/K" in node:
            yield from _walk(node["/K"], tag)
