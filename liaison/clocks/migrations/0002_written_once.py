"""What is written once stays: a clock's outcome, and the story of its due moment."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION clock_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'changes of clocks are append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER clock_event_append_only BEFORE UPDATE OR DELETE ON clocks_clockevent
  FOR EACH ROW EXECUTE FUNCTION clock_event_is_append_only();
CREATE FUNCTION clock_outcome_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the outcome of a clock is written once' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER clock_outcome_once BEFORE UPDATE OF outcome, ended_at, due_at, started_at ON clocks_clock
  FOR EACH ROW WHEN (OLD.outcome <> '' AND (OLD.outcome, OLD.ended_at, OLD.due_at, OLD.started_at)
    IS DISTINCT FROM (NEW.outcome, NEW.ended_at, NEW.due_at, NEW.started_at))
  EXECUTE FUNCTION clock_outcome_is_written_once();
"""
BACKWARDS = """
DROP TRIGGER clock_event_append_only ON clocks_clockevent;
DROP FUNCTION clock_event_is_append_only();
DROP TRIGGER clock_outcome_once ON clocks_clock;
DROP FUNCTION clock_outcome_is_written_once();
"""


class Migration(migrations.Migration):
    """The triggers."""

    dependencies = [("clocks", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
