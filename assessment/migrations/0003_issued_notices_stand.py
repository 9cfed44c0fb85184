"""The database itself refuses to change what an issued notice says, or to remove one."""

from django.db import migrations

# Only the withdrawal may still be written; a draft may become anything.
KEPT = (
    "cycle_id number reference title opening done_well problems requirements issuer annex"
    " issued_at issued_by_id"
).split()
SAYS = "an issued notice is never changed"
IS_CHANGED = "NEW.state = 'draft' OR " + " OR ".join(
    f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in KEPT
)
SQLITE = [
    f"""CREATE TRIGGER assessment_notice_no_update BEFORE UPDATE ON assessment_notice
        WHEN OLD.state <> 'draft' AND ({IS_CHANGED.replace("IS DISTINCT FROM", "IS NOT")})
        BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
    f"""CREATE TRIGGER assessment_notice_no_delete BEFORE DELETE ON assessment_notice
        WHEN OLD.state <> 'draft'
        BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION assessment_notice_stands() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
    f"""CREATE TRIGGER assessment_notice_no_update BEFORE UPDATE ON assessment_notice
       FOR EACH ROW WHEN (OLD.state <> 'draft' AND ({IS_CHANGED}))
       EXECUTE FUNCTION assessment_notice_stands()""",
    """CREATE TRIGGER assessment_notice_no_delete BEFORE DELETE ON assessment_notice
       FOR EACH ROW WHEN (OLD.state <> 'draft')
       EXECUTE FUNCTION assessment_notice_stands()""",
]
UNDO = {
    "sqlite": [f"DROP TRIGGER assessment_notice_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [
        "DROP TRIGGER assessment_notice_no_update ON assessment_notice",
        "DROP TRIGGER assessment_notice_no_delete ON assessment_notice",
        "DROP FUNCTION assessment_notice_stands()",
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
    dependencies = [("assessment", "0002_events_are_append_only")]
    operations = [migrations.RunPython(forwards, backwards)]
