"""A migration runs while the old code still answers: it only adds what the old code need not know, or says why not."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from bosett_web.records.choices import LetterKind

OURS = {"accounts", "records", "journal"}
MARK = "stops_the_old_code"
"""A migration that the old code cannot live beside says why, in a text of this name; the upgrade then stops first."""


NAMED = re.compile(r"\b(?:ON|TABLE|INTO|FROM|UPDATE(?! O[NR]\b))\s+(\w+)", re.IGNORECASE)
"""Tables that SQL is about: those after these words."""


Checks = Mapping[tuple[str, str], models.BaseConstraint]
"""Constraints by model and name."""


def additive(operation: Operation, new: Mapping[str, AbstractSet[str]], before: Checks) -> bool:
    """Tell whether the old code can go on writing after an operation, not knowing of it.

    Args:
        operation: The operation.
        new: Fields that the same migration adds, by model; `*` for a model that it makes.
        before: The constraints that there were before it.
    """
    about = new.get(str(getattr(operation, "model_name", "")).lower(), frozenset())
    if isinstance(operation, migrations.CreateModel | migrations.AddIndex | migrations.RemoveConstraint):
        return True
    if isinstance(operation, migrations.AddField | migrations.AddConstraint) and "*" in about:
        return True
    if isinstance(operation, migrations.AddField):
        field = operation.field
        return bool(field.null) or field.has_db_default() or bool(field.many_to_many)
    if isinstance(operation, migrations.AddConstraint):
        # The old code leaves a new column empty, and a condition on it is then held by that.
        was = before.get((operation.model_name.lower(), operation.constraint.name))
        if was is not None and widens(operation.constraint, was):
            return True
        written = repr(operation.constraint)
        return any(re.search(rf"\b{name}(?:\b|__)", written) for name in about)
    if isinstance(operation, migrations.RunSQL):
        made = {model for model, fields in new.items() if "*" in fields}
        tables = {name.lower() for name in NAMED.findall(str(operation.sql))}
        return bool(tables) and all(table.partition("_")[2] in made for table in tables)
    return False


def widens(constraint: models.BaseConstraint, was: models.BaseConstraint) -> bool:
    """Tell whether a check on the words that a column may hold takes all that it took, and perhaps more."""
    column, words = listed(constraint)
    column_before, words_before = listed(was)
    return column is not None and column == column_before and words >= words_before


def listed(constraint: models.BaseConstraint) -> tuple[str | None, AbstractSet[str]]:
    """Return the column that a check holds to a list of words, and the words; None and none for any other check."""
    condition = constraint.condition if isinstance(constraint, models.CheckConstraint) else None
    if isinstance(condition, models.Q) and not condition.negated and len(condition.children) == 1:
        (child,) = condition.children
        if isinstance(child, tuple) and child[0].endswith("__in"):
            return child[0], frozenset(child[1])
    return None, frozenset()


def constraints_before(migration: migrations.Migration) -> Checks:
    """Return the constraints of the tables as a migration finds them."""
    state = MigrationLoader(None).project_state([(app, name) for app, name in migration.dependencies if app in OURS])
    return {
        (model, constraint.name): constraint
        for (_, model), table in state.models.items()
        for constraint in table.options.get("constraints", [])
    }


def added(migration: migrations.Migration) -> Mapping[str, AbstractSet[str]]:
    """Return the fields that a migration adds, by model; `*` for a model that it makes."""
    columns: dict[str, set[str]] = defaultdict(set)
    for operation in migration.operations:
        if isinstance(operation, migrations.CreateModel):
            columns[operation.name.lower()].add("*")
        elif isinstance(operation, migrations.AddField):
            columns[operation.model_name.lower()].add(operation.name)
    return columns


def breaking(migration: migrations.Migration) -> list[str]:
    """Return the operations that the old code cannot live beside; none of a first migration, or of a marked one."""
    if migration.initial or hasattr(migration, MARK):
        return []
    new, before = added(migration), constraints_before(migration)
    return [operation.describe() for operation in migration.operations if not additive(operation, new, before)]


def own() -> Iterator[migrations.Migration]:
    loader = MigrationLoader(None)
    yield from (migration for (app, _), migration in loader.disk_migrations.items() if app in OURS)


@pytest.mark.parametrize("migration", sorted(own(), key=str), ids=str)
def test_the_old_code_can_live_beside_a_migration(migration: migrations.Migration) -> None:
    assert breaking(migration) == []


def trial(*operations: Operation, mark: str = "") -> migrations.Migration:
    """Return a migration that is none of ours."""
    body = {"operations": list(operations), "dependencies": [("records", "0001_initial")]}
    body |= {MARK: mark} if mark else {}
    made: migrations.Migration = type("Trial", (migrations.Migration,), body)("0002_trial", "records")
    return made


def of_kinds(*kinds: str) -> models.CheckConstraint:
    """Return the check that a letter is of one of some kinds."""
    return models.CheckConstraint(name="letter_kind", condition=models.Q(kind__in=list(kinds)))


def test_the_check_can_fail_and_a_mark_passes() -> None:
    adding = (
        migrations.AddField("letter", "shade", models.TextField(null=True)),
        migrations.AddField("letter", "weight", models.IntegerField(db_default=0)),
        migrations.AddIndex("letter", models.Index(fields=["state"], name="trial")),
        migrations.AddConstraint("letter", models.CheckConstraint(name="y", condition=models.Q(shade="grey"))),
        migrations.RemoveConstraint("letter", "letter_kind"),
        migrations.AddConstraint("letter", of_kinds(*LetterKind, "thanks")),
        migrations.CreateModel("Trial", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("trial", "name", models.TextField()),
        migrations.RunSQL("CREATE TRIGGER kept BEFORE UPDATE ON records_trial EXECUTE FUNCTION kept_as_made()"),
    )
    assert breaking(trial(*adding)) == []
    changing = (
        migrations.AddField("letter", "colour", models.TextField(default="")),  # the old code would write a null
        migrations.RemoveField("letter", "state"),
        migrations.RenameField("letter", "state", "stage"),
        migrations.AlterField("letter", "state", models.IntegerField()),
        migrations.DeleteModel("letter"),
        migrations.RunSQL("SELECT 1"),
        migrations.RunSQL("CREATE TRIGGER kept BEFORE UPDATE ON records_letter EXECUTE FUNCTION kept_as_made()"),
        migrations.AddConstraint("letter", models.CheckConstraint(name="x", condition=models.Q(pk=1))),
        migrations.AddConstraint("letter", of_kinds(*list(LetterKind)[1:], "thanks")),  # takes one word away
    )
    assert len(breaking(trial(*changing))) == len(changing)
    assert breaking(trial(*changing, mark="the letters are renumbered")) == []
