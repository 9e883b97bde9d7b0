"""Make the reference pages from code, so that they cannot drift: `make docs`.

    python tools/make_docs.py [--check]

Writes, in `docs/reference/`, `commands.md` and `workspace-commands.md` from the command lines' own parsers,
`settings.md` from the list of settings, `figures.md` from the data package, `need-backtest.md` from the back-test of
arrivals, `answers-backtest.md` and `revision-backtest.md` from those of answers and of revisions, and `floors.md` from
the layers that the import linter enforces; and the first table of `docs/glossary.md` from the words of the help.
All back-tests stand in `src/bosett/data/backtest/` too, as the workspace shows them.
The same code gives the same bytes.
With --check nothing is written; it ends with 1 and names the stale pages.
"""

import argparse
import ast
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import docs_answers
import docs_figures
import docs_glossary
import docs_house
import docs_moves
import docs_need
import docs_revision
import docs_settings
from bosett.basis.refusals import Exit
from bosett.cli import EXITS, parser
from bosett.rounds.backtested import compiled
from bosett_web.operations import console
from bosett_web.operations.console.commands import ENDINGS as WORKSPACE_EXITS

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
DATA = ROOT / "src" / "bosett" / "data"
COMPILED = "backtest/backtest.json"
"""What the workspace shows of the back-tests, so that nobody waits for it."""
MADE = "<!-- Made by `make docs`. Change the code, not this page. -->\n\n"

ENDINGS: Mapping[Exit, str] = {
    Exit.DONE: "Done.",
    Exit.BAD_INPUT: "Bad input: one line on stderr says what, where and what to do.",
    Exit.TIED: "Tied: more than one best answer, and no tie rule.",
    Exit.IMPOSSIBLE: "Impossible: the bounds and the total clash.",
    Exit.UNPROVEN: "Unproven: an answer without its proof, never to be adopted.",
}


def main(arguments: list[str] | None = None) -> int:
    """Write the pages, or say which are stale."""
    given = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    given.add_argument("--check", action="store_true", help="write nothing; end with 1 when a page is stale")
    check = given.parse_args(arguments).check
    made = {REFERENCE / name: MADE + make() for name, make in PAGES.items()} | {
        DATA / COMPILED: compiled(),
        docs_glossary.PAGE: docs_glossary.page(),
    }
    stale = [path for path, text in made.items() if _text(path) != text]
    for path in stale:
        name = path.relative_to(ROOT)
        if check:
            print(f"{name} is stale: run `make docs` and commit it", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path], encoding="utf-8")
            print(f"wrote {name}")
    return 1 if check and stale else 0


def commands_page() -> str:
    """Return the page of the command line: each command with its usage, arguments and example."""
    lines = [
        "# The command line",
        "",
        "Data goes to stdout, words to stderr.",
        "",
        "| exit code | meaning |",
        "| --- | --- |",
        *(f"| {int(code)} | {ENDINGS[code]} |" for code in Exit),
        "",
    ]
    for command in _commands(parser()):
        lines += _command_section(command)
    return "\n".join(lines).rstrip() + "\n"


def workspace_commands_page() -> str:
    """Return the page of `bosett-web`: each command with its usage, arguments and example."""
    lines = [
        "# The workspace's command line",
        "",
        "`bosett-web` sets the workspace up, serves it, and looks after what it keeps:",
        "[how to run it for real](../how-to/run-for-real.md).",
        "Every command but `check` and `demo` refuses to begin while [a setting](settings.md) is missing or weak,",
        "and names each.",
        "",
        "| exit code | meaning |",
        "| --- | --- |",
        "| 0 | Done. |",
        "| 1 | A check has found something. |",
        "| 2 | It cannot be done: one line on stderr says what, where and what to do. |",
        "",
    ]
    for command in _commands(console.parser()):
        lines += _command_section(command)
    return "\n".join(lines).rstrip() + "\n"


def floors_page() -> str:
    """Return the page of the floors, highest first, with what each package says of itself; and the nouns on them."""
    layers = _layers()
    lines = [
        "# The floors",
        "",
        "A package imports only from lower floors, and packages on one floor do not know each other.",
        "The import linter enforces it on every `make test`;",
        "the reasons stand in [decision 2](../adr/0002-floors.md).",
        "",
        *_floors("bosett", layers["bosett"]),
        "",
        "## The stages",
        "",
        "A stage never imports a stage.",
        "",
        "| stage | what it is |",
        "| --- | --- |",
    ]
    stages = sorted((ROOT / "src" / "bosett" / "stages").glob("[a-z]*.py"))
    lines += [f"| `{path.stem}` | {_summary(path)} |" for path in stages]
    lines += ["", "## The workspace", "", *_floors("bosett_web", layers["bosett_web"])]
    for floor in ("queries", "actions", "screens"):
        lines += [
            "",
            f"### The nouns of `{floor}`",
            "",
            "Highest first; those on one floor do not know each other.",
            "[Decision 17](../adr/0017-nouns-on-the-workspace-s-floors.md) says why.",
            "",
            *_floors(f"bosett_web/{floor}", layers[f"bosett_web.{floor}"]),
        ]
    return "\n".join(lines) + "\n"


def _layers() -> dict[str, list[str]]:
    """Return the layers that the import linter holds each container to, highest first."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return {contract["containers"][0]: contract["layers"] for contract in contracts if contract["type"] == "layers"}


def _floors(house: str, layers: Sequence[str]) -> Iterator[str]:
    """Yield a table of floors, highest first: what stands on each, and what it says of itself."""
    yield from ("| floor | name | what it is |", "| --- | --- | --- |")
    for floor, layer in zip(range(len(layers), 0, -1), layers, strict=True):
        for name in sorted(each.strip(" ()") for each in layer.replace(":", "|").split("|")):
            package = ROOT / "src" / house / name
            path = package if (package / "__init__.py").exists() else package.with_suffix(".py")
            if path.exists():
                yield f"| {floor} | `{name}` | {_summary(path)} |"


PAGES: Mapping[str, Callable[[], str]] = {
    "answers-backtest.md": docs_answers.page,
    "commands.md": commands_page,
    "figures.md": docs_figures.page,
    "floors.md": floors_page,
    "house.svg": lambda: docs_house.picture(_layers()),
    "moves.md": docs_moves.moves_page,
    "revision-backtest.md": docs_revision.page,
    "need-backtest.md": docs_need.page,
    "rights.md": docs_moves.rights_page,
    "settings.md": docs_settings.page,
    "visibility.md": docs_moves.visibility_page,
    "workspace-commands.md": workspace_commands_page,
}


def _commands(command: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield every command that can be run, depth first, in the order of the parser; each has an example."""
    inner = [action for action in _actions(command) if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001  - as _actions
    for action in inner:
        for child in action.choices.values():
            child.epilog = child.epilog or command.epilog
            yield from _commands(child)
    if not inner:
        yield command


def _command_section(command: argparse.ArgumentParser) -> list[str]:
    actions = [action for action in _actions(command) if not isinstance(action, argparse._HelpAction)]  # noqa: SLF001  - as _actions
    usage = " ".join([command.prog, *map(_in_usage, actions)])
    lines = [
        f"## `{command.prog}`",
        "",
        _sentence(command.description or "", capital=True),
        "",
        "```console",
        f"$ {usage}",
        "```",
        "",
    ]
    if actions:
        lines += ["| argument | meaning |", "| --- | --- |"]
        lines += [f"| `{_named(action)}` | {_help(command, action)} |" for action in actions]
        lines.append("")
    example = (command.epilog or "").partition("example: ")[2].partition(f"\n{EXITS}")[0]
    example = example.partition(f"\n{WORKSPACE_EXITS}")[0]
    lines += ["Example:", "", "```text", *example.splitlines(), "```", ""]
    return lines


def _actions(command: argparse.ArgumentParser) -> list[argparse.Action]:
    return command._actions  # noqa: SLF001  - argparse has no public list, and its printed help differs by Python version


def _value(action: argparse.Action) -> str:
    """Return how the value of an argument is written; empty for a switch."""
    if action.nargs == 0:
        return ""
    if isinstance(action.metavar, str):
        return action.metavar
    if action.choices is not None:
        return "{" + ",".join(map(str, action.choices)) + "}"
    return action.dest.upper()


def _named(action: argparse.Action) -> str:
    names = ", ".join(action.option_strings)
    return f"{names} {_value(action)}".strip().replace("|", "\\|")


def _in_usage(action: argparse.Action) -> str:
    shown = f"{action.option_strings[0]} {_value(action)}".strip() if action.option_strings else _value(action)
    if action.nargs in ("*", "+"):
        shown += " ..."
    optional = (action.option_strings and not action.required) or action.nargs in ("?", "*")
    return f"[{shown}]" if optional else shown


def _help(command: argparse.ArgumentParser, action: argparse.Action) -> str:
    text = (action.help or "") % {**vars(action), "prog": command.prog}
    return _sentence(text).replace("|", "\\|")


def _sentence(text: str, *, capital: bool = False) -> str:
    """Return a help text as a sentence, with a full stop."""
    text = " ".join(text.split())
    text = text[:1].upper() + text[1:] if capital else text
    return text if not text or text[-1] in ".!?" else f"{text}."


def _summary(path: Path) -> str:
    """Return the first paragraph of a docstring, without the floor or name that the table tells."""
    file = path / "__init__.py" if path.is_dir() else path
    words = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    first = " ".join(words.split("\n\n")[0].split())
    head, colon, rest = first.partition(": ")
    named = head.startswith("Floor ") or head.lower() == path.stem
    return (rest if colon and named else first).replace("|", "\\|")


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    raise SystemExit(main())
