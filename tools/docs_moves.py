"""The reference pages of the round's law: the table of moves with its diagrams, the rights, and who sees what."""

from bosett.rounds.due import Due, Free
from bosett.rounds.moves import ANSWERED, MOVES, SKIPPABLE, Gate, Move, Track
from bosett.rounds.parties import Grade, Party
from bosett.rounds.rights import rights
from bosett.rounds.visibility import SIGHTS, Audience

GROUNDS = {
    "": "none: everyone sees it",
    "offl5": "offentleglova § 5, deferred access",
    "offl13": "offentleglova § 13, what a public body must keep silent of",
    "offl14": "offentleglova § 14, a body's own working document",
    "offl15": "offentleglova § 15, gathered from outside for internal preparation",
}

OWED: dict[Due | Free, str] = {
    Due.CRITERIA: "by the calendar: criteria",
    Due.FORECAST: "by the calendar: forecast",
    Due.TARGETS: "by the calendar: targets",
    Due.RECOMMENDATION: "by the calendar: recommendation, else the meeting",
    Due.MEETING: "by the day of the meeting, else the calendar",
    Due.LETTERS: "by the calendar: letters",
    Due.ANSWER: "by the answer deadline",
    Due.CAPACITY: "by the day of the round of asking",
    Due.UNKNOWN: "yes, by no known day",
    Free.SYSTEM: "–",
    Free.PART: "no: part of another duty",
    Free.OTHER: "no: another way out of the state",
    Free.CHOICE: "no: nobody waits for it",
}


def moves_page() -> str:
    """Return the page of the moves: a state diagram and a table per track."""
    lines = [
        "# The table of moves",
        "",
        "Every change of state in a round. The same table disables a button, explains why, and stops the action.",
        "A move by a second person cannot be made by the one who submitted.",
        "What is owed stands on the list of what waits on the one who makes the move.",
        "Nobody makes a move of a closed round but `round.reopen`;",
        "what a service tells of a letter that had left is still written down.",
    ]
    for track in Track:
        moves = [move for move in MOVES if move.track is track]
        lines += ["", f"## {track.value.capitalize()}", "", "```mermaid", "stateDiagram-v2"]
        lines += [f"  {move.start or '[*]'} --> {move.end}: {move.name.partition('.')[2]}" for move in moves]
        lines += [
            "```",
            "",
            "| move | from | to | by | grade | gates | besides | owed |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
        ]
        lines += [_row(move) for move in moves]
    lines += [
        "",
        "## Gates",
        "",
        "The directorate may let a round pass a gate marked *skippable* by a reasoned, logged decision.",
        "A gate marked *answered by a reason* is told to the one who moves, each time;",
        "the move is made with a reason for it, unless one has been given before.",
        "",
        "| gate | skippable | answered by a reason |",
        "| --- | --- | --- |",
        *(f"| {_plain(gate)} | {_yes(gate in SKIPPABLE)} | {_yes(gate in ANSWERED)} |" for gate in Gate),
    ]
    return "\n".join(lines) + "\n"


def rights_page() -> str:
    """Return the page of the rights: which roles and grades may do what, on their own and on others' things."""
    lines = [
        "# The rights",
        "",
        "Made from the table of moves. Whatever is not named here is refused.",
        "*Own* is the organisation's own thing; *other* another organisation's of the same kind.",
        "",
        "| action | role | grades | own | other |",
        "| --- | --- | --- | --- | --- |",
    ]
    cells = [cell for cell in rights() if cell.own or cell.other]
    for action in dict.fromkeys(cell.action for cell in rights()):
        own = [cell for cell in cells if cell.action == action]
        parties = [party for party in Party if any(cell.party is party for cell in own)]
        role = "every role" if len(parties) == len(Party) - 1 else ", ".join(party.value for party in parties)
        grades = ", ".join(_plain(grade) for grade in Grade if any(cell.grade is grade for cell in own))
        other = "yes" if any(cell.other for cell in own) else "no"
        lines.append(f"| `{action}` | {role} | {grades} | yes | {other} |")
    return "\n".join(lines) + "\n"


def visibility_page() -> str:
    """Return the page of who sees what, when."""
    lines = [
        "# Who sees what, when",
        "",
        "*Owner* is who makes the thing; *central* the directorate, the ministry, the committee and KS;",
        "*meeting* the directorate, KS and the county municipality concerned;",
        "*receiver* the municipality that the number is for.",
        "A municipality sees its number when its letter is sent, the public at the release, the same for all.",
        "",
        f"| thing | state | {' | '.join(Audience)} | ground for keeping it from others |",
        "| --- | --- | " + "--- | " * (len(Audience) + 1),
    ]
    for row in SIGHTS:
        marks = " | ".join("yes" if audience in row.audiences else "no" for audience in Audience)
        lines.append(f"| {row.thing} | {_plain(row.state)} | {marks} | {GROUNDS[row.ground]} |")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _row(move: Move) -> str:
    lowest = "–" if not move.grades else "case worker" if Grade.CASE_WORKER in move.grades else "approver"
    besides = [words for words, holds in (("a reason", move.reason), ("a second person", move.second)) if holds]
    cells = (
        f"`{move.name}`",
        move.start or "–",
        move.end,
        move.by.value if move.by else "the system",
        lowest,
        ", ".join(_plain(gate) for gate in move.gates) or "–",
        ", ".join(besides) or "–",
        OWED[move.duty],
    )
    return f"| {' | '.join(_plain(cell) if not cell.startswith('`') else cell for cell in cells)} |"


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _plain(code: str) -> str:
    return code.replace("_", " ")
