"""Events are the enterprise's story: rows are added, never changed or taken away."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION enterprise_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'enterprise events are append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER enterprise_event_append_only BEFORE UPDATE OR DELETE ON enterprises_enterpriseevent
  FOR EACH ROW EXECUTE FUNCTION enterprise_event_is_append_only();
"""
BACKWARDS = """
DROP TRIGGER enterprise_event_append_only ON enterprises_enterpriseevent;
DROP FUNCTION enterprise_event_is_append_only();
"""


class Migration(migrations.Migration):
    """The trigger."""

    dependencies = [("enterprises", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
