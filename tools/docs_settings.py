"""The page of the settings, from the one list that the workspace itself is held against."""

from itertools import groupby

from bosett_web.operations.settings_list import SETTINGS, Setting

LEAD = """# The settings

What differs between two installations is told by the environment, and by nothing else.
`bosett-web check` names each setting that is missing or weak, and a name that begins like ours and is none.
An empty value is the same as none. A flag is `1` or `0`.

A secret may stand in a file, which the same name with `_FILE` at its end names:
`BOSETT_SECRET_KEY_FILE` for `BOSETT_SECRET_KEY`. Those that may are marked so.
"""


def page() -> str:
    """Return the page: a table for each group, in the order of the list."""
    lines = [LEAD]
    for group, settings in groupby(SETTINGS, lambda each: each.group):
        lines += [f"## {group}", "", "| setting | meaning | left out | needed |", "| --- | --- | --- | --- |"]
        lines += [_row(each) for each in settings]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _row(setting: Setting) -> str:
    kept = "Secret; may stand in a file." if setting.in_file else "Secret." if setting.secret else ""
    cells = (f"`{setting.name}`", f"{setting.meaning} {kept}".strip(), setting.default or "-", setting.when or "-")
    return "| " + " | ".join(cells) + " |"
