"""The story of a report is never changed."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION report_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events of reports are append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER report_event_append_only BEFORE UPDATE OR DELETE ON supervision_reportevent
  FOR EACH ROW EXECUTE FUNCTION report_event_is_append_only();
"""
BACKWARDS = """
DROP TRIGGER report_event_append_only ON supervision_reportevent;
DROP FUNCTION report_event_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("supervision", "0003_reports")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
