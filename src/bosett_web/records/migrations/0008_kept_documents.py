"""Minutes are kept as they were when the meeting was held, versions with what stood beside them; kept is unchangeable.

Meetings that were held before are kept as their minutes were told until now, from this day on; versions of a county's
recommendation as their sheet was told until now.
"""

import hashlib
import json
from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

from bosett.geography import county, municipalities

KINDS = (
    *("outcomes", "returned", "reopened", "comment", "answer"),
    *("point_closed", "point_opened", "remark"),
)
OUTCOME = ("outcome", "outcome_under15", "outcome_from15", "outcome_reason", "outcome_by")
RECOMMENDED = ("number", "under15", "from15")

# What may still change in a row that is kept; a letter is kept when it has been approved.
MAY_CHANGE = {
    "records_meetingminutes": (),
    "records_meetingaddendum": (),
    "records_recommendationversion": (),
    "records_attachment": (),
    "records_decision": ("state", "note"),
    "records_letter": (
        *("state", "approved_by", "queued_at", "delivered_at", "read_at"),
        *("channel", "external", "why"),
    ),
}

FUNCTION = """
CREATE FUNCTION records_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - TG_ARGV::text[] = to_jsonb(OLD) - TG_ARGV::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what is kept never changes: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def _trigger(table: str) -> str:
    free = ", ".join(f"'{column}'" for column in MAY_CHANGE[table])
    when = " WHEN (OLD.state <> 'made')" if table == "records_letter" else ""
    return (
        f"CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW{when} "
        f"EXECUTE FUNCTION records_kept({free});\n"
    )


FORWARD = FUNCTION + "".join(_trigger(table) for table in MAY_CHANGE)
BACK = "".join(f"DROP TRIGGER kept ON {table};\n" for table in MAY_CHANGE) + "DROP FUNCTION records_kept();"


def keep(apps: Any, schema_editor: Any) -> None:
    """Keep the minutes of the meetings that have been held, and what stood beside every version."""
    for meeting in apps.get_model("records", "Meeting").objects.filter(state="held").order_by("pk"):
        content = _minutes(apps, meeting)
        told = json.dumps(content, sort_keys=True, ensure_ascii=False)
        sha256 = hashlib.sha256(told.encode()).hexdigest()
        apps.get_model("records", "MeetingMinutes").objects.create(
            meeting=meeting, day=_today(apps), content=content, sha256=sha256
        )
    for version in apps.get_model("records", "RecommendationVersion").objects.order_by("pk"):
        version.beside = _beside(apps, version)
        version.save(update_fields=["beside"])
    # What is deferred is checked now: a table with checks that wait takes no trigger.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def _today(apps: Any) -> Any:
    clock = apps.get_model("records", "Clock").objects.filter(pk=1).first()
    return clock.day if clock else timezone.localdate()


def _minutes(apps: Any, meeting: Any) -> dict[str, Any]:
    """Return the minutes of a meeting as they were told until now."""
    told: dict[str, Any] = {
        "at": meeting.at.isoformat(),
        "place": meeting.place,
        "agenda": meeting.agenda,
        "present": [[party, getattr(meeting, f"present_{party}")] for party in ("directorate", "ks", "county")],
        "text": meeting.minutes,
        "points": [{"text": each.text, "closed": each.closed} for each in meeting.points.order_by("pk")],
        "submitted": False,
        "reason": "",
        "target": {"number": None, "under15": None, "from15": None},
        "lines": [],
        "comments": [],
        "needs": [],
    }
    if meeting.county:
        return told | _of_county(apps, meeting.round_id, meeting.county)
    needs = apps.get_model("records", "InformationRequest").objects.filter(round=meeting.round_id)
    told["needs"] = [
        {"id": each.pk, "county": county(each.county, meeting.round_id).name, "text": each.text, "answer": each.answer}
        for each in needs.order_by("county", "pk")
    ]
    return told


def _of_county(apps: Any, year: int, code: str) -> dict[str, Any]:
    found = apps.get_model("records", "Recommendation").objects.filter(round=year, county=code).first()
    before = _before(found)
    said = found if found is not None and (before or found.state not in ("open", "ready")) else None
    proposed = _proposed(apps, year, code, found)
    rows = {} if said is None else {line.municipality: line for line in said.lines.all()}
    places = [place for place in municipalities(year) if place.county == code]
    names = {place.code: place.display_name for place in places}
    comments = apps.get_model("records", "Comment").objects.filter(round=year, county=code).order_by("pk")
    return {
        "submitted": said is not None,
        "reason": said.reason if said else "",
        "target": _target(apps, year, code),
        "lines": [
            {
                "code": place.code,
                "name": place.display_name,
                "proposed": proposed.get(place.code),
                **_numbers(before.get(place.code), rows.get(place.code)),
            }
            for place in places
        ],
        "comments": [{"name": names.get(each.municipality, ""), "text": each.text} for each in comments]
        if said
        else [],
    }


def _before(found: Any) -> dict[str, dict[str, Any]]:
    """Return what the meeting came to, of a recommendation that was opened again since."""
    if found is None or found.lines.filter(outcome__isnull=False).exists():
        return {}
    for version in found.versions.order_by("-version"):
        if any(line.get("outcome") is not None for line in version.lines.values()):
            lines: dict[str, dict[str, Any]] = version.lines
            return lines
    return {}


def _numbers(before: dict[str, Any] | None, row: Any) -> dict[str, Any]:
    none = dict.fromkeys((*RECOMMENDED, *OUTCOME)) | {"outcome_reason": "", "outcome_by": ""}
    if before is not None:
        return none | {name: before[name] for name in none if name in before}
    return none if row is None else {name: getattr(row, name) for name in none}


def _proposed(apps: Any, year: int, code: str, found: Any) -> dict[str, int]:
    """Return the proposal that a recommendation rests on; before there is one, the newest shared."""
    shared = apps.get_model("records", "Proposal").objects.filter(round=year, state="shared").order_by("-version")
    proposal = found.proposal_id if found is not None else shared.values_list("pk", flat=True).first()
    lines = apps.get_model("records", "ProposalLine").objects.filter(proposal=proposal, county=code)
    return dict(lines.values_list("municipality", "number"))


def _target(apps: Any, year: int, code: str) -> dict[str, int | None]:
    targets = apps.get_model("records", "Targets").objects.filter(round=year, state="decided").order_by("-version")
    newest = targets.first()
    row = newest.counties.filter(county=code).first() if newest is not None else None
    return {name: getattr(row, name, None) for name in RECOMMENDED}


def _beside(apps: Any, version: Any) -> dict[str, Any]:
    """Return what stood beside a version, as its sheet told it until now; it was not held to minutes then."""
    row = version.recommendation
    proposal = row.proposal
    there = proposal is not None and proposal.day <= version.day
    address = apps.get_model("accounts", "PostalAddress").objects.filter(
        organisation__seats__party="county", organisation__seats__area=row.county
    )
    sender = [[*each.lines.splitlines(), f"{each.postal_code} {each.place}"] for each in address]
    return {
        "target": _target(apps, row.round_id, row.county)["number"],
        "sender": sender[0] if sender else [],
        "names": {each.code: each.display_name for each in municipalities(row.round_id) if each.county == row.county},
        "proposed": _proposed(apps, row.round_id, row.county, row) if there else {},
        "signals": {
            line.municipality: line.signal if line.signal_on and line.signal_on <= version.day else None
            for line in row.lines.all()
        },
        "minutes": None,
    }


class Migration(migrations.Migration):
    """Kept minutes, addenda, and what stood beside a version."""

    dependencies: ClassVar = [("records", "0007_published_decisions"), ("accounts", "0003_addresses")]
    operations: ClassVar = [
        migrations.AddField("recommendationversion", "beside", models.JSONField(default=dict)),
        migrations.CreateModel(
            name="MeetingMinutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="kept", to="records.meeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MeetingAddendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.TextField()),
                ("day", models.DateField()),
                ("party", models.TextField()),
                ("area", models.TextField(blank=True, default="")),
                ("about", models.TextField(blank=True, default="")),
                ("text", models.TextField(blank=True, default="")),
                ("lines", models.JSONField(default=list)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addenda", to="records.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="meeting_addendum_once"),
                    models.CheckConstraint(condition=Q(("kind__in", KINDS)), name="meeting_addendum_kind"),
                ],
            },
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.RunSQL(FORWARD, BACK),
    ]
