"""The database itself refuses to change or remove an event."""

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER assessment_event_no_{verb.lower()} BEFORE {verb} ON assessment_event
        BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"""
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    """CREATE FUNCTION assessment_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
    """CREATE TRIGGER assessment_event_append_only BEFORE UPDATE OR DELETE ON assessment_event
       FOR EACH ROW EXECUTE FUNCTION assessment_event_is_append_only()""",
]
UNDO = {
    "sqlite": [f"DROP TRIGGER assessment_event_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [
        "DROP TRIGGER assessment_event_append_only ON assessment_event",
        "DROP FUNCTION assessment_event_is_append_only()",
    ],
}


def forwards(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
