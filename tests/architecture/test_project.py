"""The project as a whole: nothing of a machine in it, lock files that lock, commands that exist, floors for all."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (".ci", "bench", "deploy", "docs", "src", "tests", "tools")
LOCKS = ("requirements.lock", "requirements-dev.lock")

MACHINE = re.compile(r"(?<![\w./-])/(?:home|root|work|farm|Users|mnt)/\w|\b[A-Z]:\\\\?Users\b")
REGISTRY = re.compile(
    r"\bpypi\.org|pythonhosted\.org|\bnpmjs\.(?:org|com)|--(?:extra-)?index-url[= ]\S|--find-links[= ]\S"
)
PINNED = re.compile(r"(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[\w, -]+\])?==(?P<version>[^\s;\\]+)")


def files() -> Iterator[tuple[str, str]]:
    """Yield every text file of the project: its name and its text."""
    inside = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts)
    top = (path for path in ROOT.iterdir() if path.name not in {".coverage", ".git"})
    for path in sorted({*top, *inside}):
        if path.is_file():
            yield str(path.relative_to(ROOT)), path.read_bytes().decode(errors="replace")


def files_with(pattern: re.Pattern[str]) -> list[str]:
    return [f"{name}: {match.group()}" for name, text in files() for match in pattern.finditer(text)]


def test_no_path_of_a_machine() -> None:
    assert files_with(MACHINE) == []


def test_no_address_of_a_registry() -> None:
    assert files_with(REGISTRY) == []


@pytest.mark.parametrize(
    ("pattern", "culprit"),
    [
        (MACHINE, "see /" + "home/someone/notes"),
        (MACHINE, "C:" + "\\Users\\someone"),
        (REGISTRY, "https://" + "pypi" + ".org/simple"),
        (REGISTRY, "--index" + "-url https://example.org"),
    ],
)
def test_the_searches_can_find(pattern: re.Pattern[str], culprit: str) -> None:
    assert pattern.search(culprit)


def pins(lock: str) -> dict[str, str]:
    """Return name and version of everything in a lock file, having held each entry against its form."""
    out = {}
    for entry in lock.replace("\\\n", " ").splitlines():
        if not entry.strip() or entry.startswith("#"):
            continue
        match = PINNED.match(entry)
        assert match, f"not pinned: {entry[:60]}"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), f"no hash: {match['name']}"
        out[match["name"].lower().replace("_", "-")] = match["version"]
    return out


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_have_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert pins(text)
    assert "://" not in text
    assert " @ " not in text


def test_the_lock_check_can_fail() -> None:
    with pytest.raises(AssertionError, match="no hash: numpy"):
        pins("numpy==2.1.0\n")
    with pytest.raises(AssertionError, match="not pinned"):
        pins("numpy>=2.1\n")


def test_every_dependency_is_locked() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    run, dev = (pins((ROOT / name).read_text(encoding="utf-8")) for name in LOCKS)

    def names(asked: list[str]) -> set[str]:
        return {re.split(r"[<>=!~ \[;]", each, maxsplit=1)[0].lower() for each in asked}

    assert names(project["dependencies"]) <= set(run)
    assert names(project["optional-dependencies"]["dev"]) <= set(dev)
    assert {name: dev.get(name) for name in run} == run, "both locks name one version of everything that runs"


def test_the_make_targets_that_the_docs_name_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    named = set(re.findall(r"(?:`|^\$ |^)make ([a-z]+)\b(?=`|$)", text, re.MULTILINE))
    assert {"run", "test"} <= named
    assert named <= targets
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == targets


def floors(house: str) -> dict[str, int]:
    """Return the floor of each package of a house that pyproject.toml names, 1 lowest."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    (contract,) = (each for each in contracts if each.get("containers") == [house])
    assert contract["exhaustive"], "a package without a floor must fail"
    layers = contract["layers"]
    return {
        name.strip(" ()"): len(layers) - place
        for place, layer in enumerate(layers)
        for name in re.split(r"[|:]", layer)
    }


@pytest.mark.parametrize("house", ["bosett", "bosett_web"])
def test_every_package_has_a_floor_and_says_so(house: str) -> None:
    packages = {path.parent.name: path for path in (ROOT / "src" / house).glob("*/__init__.py")}
    stands = floors(house)
    assert set(packages) <= set(stands)
    for name, path in packages.items():
        words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert words.startswith(f"Floor {stands[name]}: "), (
            f"{name} stands on floor {stands[name]}: say so in its docstring"
        )


def test_what_is_open_to_all_may_read_no_query_but_those_of_releases() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    (contract,) = (each for each in contracts if "bosett_web.api" in each.get("source_modules", ())[:1])
    web = ROOT / "src" / "bosett_web"
    queries = {path.stem for path in (web / "queries").iterdir() if not path.stem.startswith("_")} - {"releases"}
    making = {f"releases.{path.stem}" for path in (web / "queries" / "releases").glob("open_*.py")}
    below = {"accounts", "actions", "dispatch", "journal", "records"}
    named = {f"bosett_web.{name}" for name in below} | {f"bosett_web.queries.{name}" for name in queries | making}
    assert set(contract["forbidden_modules"]) == named


def test_names_are_sorted_in_norwegian_and_not_by_the_database() -> None:
    ordered = re.compile(r"""order_by\([^)]*["']-?(?:\w+__)*name["']""")
    paths = sorted((ROOT / "src" / "bosett_web").rglob("*.py"))
    assert [path.name for path in paths if ordered.search(path.read_text(encoding="utf-8"))] == []
    assert ordered.search('Person.objects.order_by("name", "pk")')
