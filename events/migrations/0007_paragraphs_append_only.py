"""A saved paragraph of the minutes is never changed: a correction is a new revision."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION minutes_paragraph_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'paragraphs of minutes are append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER minutes_paragraph_append_only BEFORE UPDATE OR DELETE ON events_paragraph
  FOR EACH ROW EXECUTE FUNCTION minutes_paragraph_is_append_only();
"""
BACKWARDS = """
DROP TRIGGER minutes_paragraph_append_only ON events_paragraph;
DROP FUNCTION minutes_paragraph_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0006_record")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
