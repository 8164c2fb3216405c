"""The story of an issue is never changed; an installation starts with the usual categories."""

import csv
from pathlib import Path

from django.db import migrations

FORWARDS = """
CREATE FUNCTION issue_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'issue events are append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER issue_event_append_only BEFORE UPDATE OR DELETE ON issues_issueevent
  FOR EACH ROW EXECUTE FUNCTION issue_event_is_append_only();
"""
BACKWARDS = """
DROP TRIGGER issue_event_append_only ON issues_issueevent;
DROP FUNCTION issue_event_is_append_only();
"""
CATEGORIES = Path(__file__).resolve().parent.parent / "data" / "categories.csv"


def add_categories(apps, _schema_editor):
    category = apps.get_model("issues", "Category")
    with CATEGORIES.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            category.objects.get_or_create(
                code=row["code"],
                defaults={"name": row["name_zh"], "name_en": row["name_en"], "examples": row["examples_zh"]},
            )


class Migration(migrations.Migration):
    dependencies = [("issues", "0001_initial")]
    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.RunPython(add_categories, migrations.RunPython.noop),
    ]
