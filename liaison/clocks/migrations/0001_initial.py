import django.contrib.postgres.fields
import django.db.models.deletion
import liaison.workdays.limits
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_administrators_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.SlugField(max_length=12)),
                ("subject_id", models.BigIntegerField()),
                ("part", models.BigIntegerField(default=0)),
                ("kind", models.SlugField(max_length=20)),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="round")),
                ("nth", models.PositiveSmallIntegerField(default=1)),
                ("started_at", models.DateTimeField(verbose_name="began")),
                ("amount", models.PositiveSmallIntegerField(null=True, verbose_name="limit")),
                (
                    "limit_unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wh", "working hours"),
                            ("wd", "working days"),
                            ("cd", "calendar days"),
                            ("h", "hours by the clock"),
                        ],
                        max_length=2,
                    ),
                ),
                ("fixed_on", models.DateField(null=True, verbose_name="fixed day")),
                ("calendar_version", models.PositiveIntegerField(default=1)),
                ("extended_to", models.DateField(null=True, verbose_name="extended to")),
                ("extended_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("warn_at", models.DateTimeField(null=True)),
                ("paused_at", models.DateTimeField(null=True, verbose_name="paused")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "Running"), ("met", "In time"), ("missed", "Missed"), ("void", "Without object")],
                        default="",
                        max_length=6,
                        verbose_name="outcome",
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                ("cycle", models.PositiveSmallIntegerField(default=1)),
                ("level", models.PositiveSmallIntegerField(default=0, verbose_name="rung")),
                (
                    "light",
                    models.CharField(
                        blank=True,
                        choices=[("blue", "Notice"), ("yellow", "Warning"), ("red", "Overdue")],
                        max_length=6,
                        verbose_name="light",
                    ),
                ),
                ("next_step_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="whose",
                    ),
                ),
            ],
            options={
                "verbose_name": "clock",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_step_at__isnull", False)), fields=["next_step_at", "id"], name="clock_next_step"
                    ),
                    models.Index(condition=models.Q(("outcome", "")), fields=["unit", "due_at"], name="clock_of_unit"),
                    models.Index(
                        condition=models.Q(("level__gte", 1), ("outcome", "")),
                        fields=["-level", "due_at", "id"],
                        name="clock_by_rung",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_id", "part", "kind", "round", "nth"), name="clock_once_per_round"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("subject_kind", "subject_id", "part", "kind"),
                        name="clock_one_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount__gte", 1),
                                ("fixed_on", None),
                                (
                                    "limit_unit__in",
                                    [
                                        liaison.workdays.limits.LimitUnit["CALENDAR_DAYS"],
                                        liaison.workdays.limits.LimitUnit["HOURS"],
                                        liaison.workdays.limits.LimitUnit["WORKING_DAYS"],
                                        liaison.workdays.limits.LimitUnit["WORKING_HOURS"],
                                    ],
                                ),
                            ),
                            models.Q(("amount", None), ("fixed_on__isnull", False), ("limit_unit", "")),
                            _connector="OR",
                        ),
                        name="clock_has_limit_or_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("outcome", "")),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="clock_ended_has_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "met"), _negated=True), ("ended_at__lte", models.F("due_at")), _connector="OR"
                        ),
                        name="clock_met_in_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "missed"), _negated=True), ("ended_at__gt", models.F("due_at")), _connector="OR"
                        ),
                        name="clock_missed_late",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_step_at", None), models.Q(("outcome", ""), ("paused_at", None)), _connector="OR"
                        ),
                        name="clock_still_plans_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("extended_at", None), ("extended_to", None)),
                            models.Q(("extended_at__isnull", False), ("extended_to__isnull", False)),
                            _connector="OR",
                        ),
                        name="clock_extension_has_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("paused", "Paused"),
                            ("resumed", "Resumed"),
                            ("extended", "More time given"),
                            ("limit", "Limit changed"),
                            ("calendar", "Working calendar changed"),
                        ],
                        max_length=10,
                        verbose_name="because",
                    ),
                ),
                ("old", models.DateTimeField(null=True, verbose_name="old")),
                ("new", models.DateTimeField(null=True, verbose_name="new")),
                ("note", models.CharField(blank=True, max_length=300)),
                ("calendar_version", models.PositiveIntegerField(default=1)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="events", to="clocks.clock"),
                ),
            ],
            options={
                "verbose_name": "change of a clock",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of", models.CharField(choices=[("limits", "Limits"), ("ladder", "Ladder")], max_length=8)),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("saved_at", models.DateTimeField(verbose_name="saved")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="reason")),
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
                "ordering": ["of", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("of", "version"), name="rule_set_version_once"),
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="rule_set_version_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LimitRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(max_length=20, verbose_name="clock")),
                ("nature", models.CharField(blank=True, max_length=12, verbose_name="nature")),
                ("urgency", models.CharField(blank=True, max_length=8, verbose_name="urgency")),
                ("amount", models.PositiveSmallIntegerField(verbose_name="amount")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("wh", "working hours"),
                            ("wd", "working days"),
                            ("cd", "calendar days"),
                            ("h", "hours by the clock"),
                        ],
                        max_length=2,
                        verbose_name="unit",
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="limits", to="clocks.ruleset"),
                ),
            ],
            options={
                "ordering": ["kind", "nature", "urgency"],
                "constraints": [
                    models.UniqueConstraint(fields=("rules", "kind", "nature", "urgency"), name="limit_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 1), ("amount__lte", 1000)), name="limit_rule_sensible"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "unit__in",
                                [
                                    liaison.workdays.limits.LimitUnit["CALENDAR_DAYS"],
                                    liaison.workdays.limits.LimitUnit["HOURS"],
                                    liaison.workdays.limits.LimitUnit["WORKING_DAYS"],
                                    liaison.workdays.limits.LimitUnit["WORKING_HOURS"],
                                ],
                            )
                        ),
                        name="limit_rule_unit_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="clock",
            name="rules",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clocks.ruleset"
            ),
        ),
        migrations.CreateModel(
            name="Rung",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(blank=True, max_length=20, verbose_name="clock")),
                ("level", models.PositiveSmallIntegerField(verbose_name="level")),
                (
                    "light",
                    models.CharField(
                        choices=[("blue", "Notice"), ("yellow", "Warning"), ("red", "Overdue")],
                        max_length=6,
                        verbose_name="light",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[("share", "percent of the limit"), ("after", "working days after the due moment")],
                        max_length=6,
                        verbose_name="reckoned in",
                    ),
                ),
                ("amount", models.PositiveSmallIntegerField(verbose_name="amount")),
                (
                    "condition",
                    models.CharField(
                        blank=True,
                        choices=[("", "in any case"), ("no_contact", "no contact recorded")],
                        max_length=12,
                        verbose_name="only if",
                    ),
                ),
                (
                    "told",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("handler", "Handler"),
                                ("liaison", "Liaison"),
                                ("deputy", "Deputy head"),
                                ("head", "Head"),
                                ("desk", "Desk"),
                                ("inspector", "Inspection office"),
                                ("leader", "Leader in charge"),
                                ("main_leader", "Main leaders"),
                                ("firm", "The enterprise"),
                                ("caller", "Callers"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                        verbose_name="told",
                    ),
                ),
                (
                    "acts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("urge", "urging note"),
                                ("order", "supervision order"),
                                ("bulletin", "named in the weekly bulletin"),
                                ("summon", "summons"),
                            ],
                            max_length=10,
                        ),
                        default=list,
                        size=None,
                        verbose_name="measures",
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rungs", to="clocks.ruleset"),
                ),
            ],
            options={
                "ordering": ["kind", "level"],
                "constraints": [
                    models.UniqueConstraint(fields=("rules", "kind", "level"), name="rung_once_per_level"),
                    models.CheckConstraint(condition=models.Q(("level__gte", 1), ("level__lte", 9)), name="rung_level_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gte", 1), ("amount__lte", 99), ("basis", "share")),
                            models.Q(("amount__lte", 365), ("basis", "after")),
                            _connector="OR",
                        ),
                        name="rung_moment_sensible",
                    ),
                    models.CheckConstraint(condition=models.Q(("told__len__gte", 1)), name="rung_tells_somebody"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cycle", models.PositiveSmallIntegerField(default=1)),
                ("level", models.PositiveSmallIntegerField(verbose_name="level")),
                (
                    "light",
                    models.CharField(choices=[("blue", "Notice"), ("yellow", "Warning"), ("red", "Overdue")], max_length=6),
                ),
                ("due_at", models.DateTimeField(verbose_name="reached")),
                ("forced", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("fired", "Reached"),
                            ("superseded", "Superseded by a higher rung"),
                            ("spared", "Spared: its condition did not hold"),
                            ("cancelled", "Cancelled: the clock ended or has a new date"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("told", models.PositiveSmallIntegerField(default=0, verbose_name="people told")),
                ("acknowledge_by", models.DateTimeField(null=True, verbose_name="to be acknowledged by")),
                ("acknowledged_at", models.DateTimeField(null=True, verbose_name="acknowledged")),
                ("climbed_at", models.DateTimeField(null=True)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="clocks.clock"),
                ),
                ("rung", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clocks.rung")),
            ],
            options={
                "verbose_name": "step of the ladder",
                "ordering": ["clock", "cycle", "level"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "planned")), fields=["clock", "due_at"], name="step_planned"),
                    models.Index(
                        condition=models.Q(("forced", True), ("state", "planned")), fields=["due_at", "id"], name="step_forced"
                    ),
                    models.Index(
                        condition=models.Q(
                            ("acknowledge_by__isnull", False), ("acknowledged_at", None), ("climbed_at", None), ("state", "fired")
                        ),
                        fields=["acknowledge_by", "id"],
                        name="step_unacknowledged",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("clock", "cycle", "level"), name="step_once_per_rung"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("state", "planned")),
                            models.Q(models.Q(("state", "planned"), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="step_settled_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("acknowledged_at", None), ("acknowledged_by", None)),
                            models.Q(("acknowledged_at__isnull", False), ("acknowledged_by__isnull", False), ("state", "fired")),
                            _connector="OR",
                        ),
                        name="step_acknowledged_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("firm", "Waiting for the firm"),
                            ("procedure", "Legal procedure"),
                            ("withdrawal", "Withdrawal being confirmed"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("began_at", models.DateTimeField(verbose_name="from")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="to")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="clocks.clock"),
                ),
            ],
            options={
                "verbose_name": "pause",
                "ordering": ["began_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("ended_at", None)), fields=("clock",), name="pause_one_open"),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"),
                        name="pause_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
