"""The calendar that held until now becomes version 1; from here on versions are only added."""

from django.db import migrations

from liaison.workdays.first import create_first

FORWARD = """
CREATE FUNCTION workdays_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'versions of the calendar are never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER workdays_no_change BEFORE UPDATE OR DELETE ON workdays_calendarversion
  FOR EACH ROW EXECUTE FUNCTION workdays_append_only();
CREATE TRIGGER workdays_no_change BEFORE UPDATE OR DELETE ON workdays_calendarday
  FOR EACH ROW EXECUTE FUNCTION workdays_append_only();
"""
BACKWARD = """
DROP TRIGGER workdays_no_change ON workdays_calendarday;
DROP TRIGGER workdays_no_change ON workdays_calendarversion;
DROP FUNCTION workdays_append_only();
"""


def make_first(apps, _schema_editor):
    create_first(apps.get_model("workdays", "CalendarVersion"), apps.get_model("workdays", "CalendarDay"))


class Migration(migrations.Migration):
    dependencies = [("workdays", "0001_calendar_versions")]

    operations = [
        migrations.RunPython(make_first, migrations.RunPython.noop),
        # a row that was just written has deferred checks waiting, which the trigger's table must not have
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
