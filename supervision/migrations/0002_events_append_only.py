"""The story of the register is never changed."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION register_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events of the register are append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER register_event_append_only BEFORE UPDATE OR DELETE ON supervision_registerevent
  FOR EACH ROW EXECUTE FUNCTION register_event_is_append_only();
"""
BACKWARDS = """
DROP TRIGGER register_event_append_only ON supervision_registerevent;
DROP FUNCTION register_event_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
