import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="version")),
                ("saved_at", models.DateTimeField(verbose_name="saved at")),
                ("why", models.CharField(max_length=300, verbose_name="reason")),
                ("zone", models.CharField(default="Asia/Shanghai", max_length=40, verbose_name="time zone")),
                ("week", models.JSONField(verbose_name="hours of the week")),
                (
                    "published",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None, verbose_name="published years"
                    ),
                ),
                ("changes", models.JSONField(default=dict, verbose_name="changes")),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="calendar_versions_count_from_one"),
                    models.CheckConstraint(condition=models.Q(("why", ""), _negated=True), name="calendar_version_says_why"),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func(models.F("week"), function="jsonb_array_length", output_field=models.IntegerField()), 7
                        ),
                        name="calendar_week_has_seven_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("week", [[], [], [], [], [], [], []]), _negated=True),
                        name="calendar_week_has_working_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", 1), ("saved_by__isnull", False), _connector="OR"),
                        name="calendar_version_is_somebodys",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="date")),
                ("segments", models.JSONField(default=list, verbose_name="hours")),
                ("name_zh", models.CharField(blank=True, max_length=80, verbose_name="name in Chinese")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="name in English")),
                (
                    "source",
                    models.CharField(
                        choices=[("published", "published"), ("local", "changed here")],
                        default="local",
                        max_length=10,
                        verbose_name="source",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="workdays.calendarversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "day"), name="calendar_day_once_in_a_version"),
                    models.CheckConstraint(
                        condition=models.Q(("day__gte", "2000-01-01"), ("day__lte", "2100-12-31")),
                        name="calendar_day_in_a_known_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["published", "local"])), name="calendar_day_source"
                    ),
                ],
            },
        ),
    ]
