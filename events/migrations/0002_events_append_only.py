"""The story of an occasion is never changed."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION occasion_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'occasion events are append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER occasion_event_append_only BEFORE UPDATE OR DELETE ON events_occasionevent
  FOR EACH ROW EXECUTE FUNCTION occasion_event_is_append_only();
"""
BACKWARDS = """
DROP TRIGGER occasion_event_append_only ON events_occasionevent;
DROP FUNCTION occasion_event_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
