"""The sheet's own script by Node, on a page that a test moves: `sheetpage.mjs` says what of a page there is."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from threading import Timer
from typing import Any

from bosett.rounds.columns import BESIDE, FIELDS, NAMED, TOGETHER
from bosett_web.screens.county.sheet import script_words

ROOT = Path(__file__).parents[1]
WITHIN = 30
"""Seconds that a page may take for one command."""


class SheetPage:
    """One person's page: commands go in, and what it then shows comes back."""

    def __init__(self) -> None:
        self.shown = dict[str, Any]()
        self.process = subprocess.Popen(
            [str(ROOT / "tools/node"), str(ROOT / "tests/sheetpage.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={"PATH": os.environ["PATH"]},
        )

    def begin(self, rows: Mapping[str, Mapping[str, str]], changed: int, *, again: bool = False) -> None:
        """Open the sheet as the server holds it; again: in the same browser, which has kept what it was to keep."""
        facts = {
            "fields": {name: NAMED[name].kind for name in FIELDS if name not in BESIDE},
            "rows": rows,
            "changed": str(changed),
            "together": TOGETHER,
        }
        self.do("begin", **facts, words=script_words("nb"), again=again)

    def do(self, command: str, **facts: object) -> Mapping[str, Any]:
        """Do one thing, and return what the page then shows."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"command": command, **facts}) + "\n")
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
        fields: Mapping[str, Mapping[str, str] | None] = self.shown["requests"]
        return fields

    def close(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()
