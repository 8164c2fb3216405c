import django.contrib.postgres.constraints
import django.db.models.deletion
import supervision.models.certificate
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("enterprises", "0002_events_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("planned", "Being put together"),
                            ("announced", "Announced"),
                            ("appointed", "Appointed"),
                            ("cancelled", "Given up"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="term begins")),
                ("to_on", models.DateField(verbose_name="term ends")),
                ("announced_on", models.DateField(editable=False, null=True, verbose_name="announced on")),
                ("announced_until", models.DateField(editable=False, null=True, verbose_name="announced until")),
                ("appointed_on", models.DateField(editable=False, null=True, verbose_name="appointed on")),
                ("reason", models.CharField(blank=True, editable=False, max_length=500, verbose_name="why it was given up")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="begun at")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begun by",
                    ),
                ),
            ],
            options={
                "verbose_name": "batch of appointments",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("to_on__gt", models.F("from_on"))), name="batch_term_has_length"),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["planned", "announced", "appointed", "cancelled"])),
                        name="batch_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["planned", "cancelled"]),
                            models.Q(("announced_on__isnull", False), ("announced_until__gte", models.F("announced_on"))),
                            _connector="OR",
                        ),
                        name="batch_announced_has_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("appointed_on__gt", models.F("announced_until")), ("stage", "appointed")),
                            models.Q(models.Q(("stage", "appointed"), _negated=True), ("appointed_on", None)),
                            _connector="OR",
                        ),
                        name="batch_appointed_after_announcement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "cancelled"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="batch_given_up_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=40, verbose_name="field")),
                ("workplace", models.CharField(max_length=80, verbose_name="place of work and position")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("candidate", "Candidate"),
                            ("struck", "Taken off the list"),
                            ("appointed", "Appointed"),
                            ("resigned", "Resigned"),
                            ("dismissed", "Dismissed"),
                        ],
                        default="candidate",
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("term", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="which term")),
                ("from_on", models.DateField(verbose_name="term begins")),
                ("to_on", models.DateField(verbose_name="term ends")),
                ("until_on", models.DateField(editable=False)),
                ("year", models.PositiveSmallIntegerField(editable=False, null=True)),
                ("serial", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("absent", "Duties not done in spite of reminders"),
                            ("conflict", "An interest was not declared"),
                            ("secrecy", "What was entrusted was passed on"),
                            ("abuse", "The position was used for one's own advantage"),
                            ("law", "Punished by law or by the party's discipline"),
                            ("left", "No longer works or lives in the district"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="ground",
                    ),
                ),
                ("reason", models.CharField(blank=True, editable=False, max_length=500, verbose_name="reason")),
                ("is_public", models.BooleanField(default=False, verbose_name="named in the public list")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervisor_appointments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="supervision.batch",
                        verbose_name="batch",
                    ),
                ),
            ],
            options={
                "verbose_name": "appointment",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["stage", "to_on"], name="appointment_by_end")],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "serial"), name="appointment_number_once"),
                    models.UniqueConstraint(fields=("batch", "person"), name="appointment_once_in_a_batch"),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["candidate", "struck", "appointed", "resigned", "dismissed"])),
                        name="appointment_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gt", models.F("from_on"))), name="appointment_term_has_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on")), ("until_on__lte", models.F("to_on"))),
                        name="appointment_ends_within_its_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("serial__gte", 1), ("stage__in", ["appointed", "dismissed", "resigned"]), ("year__isnull", False)
                            ),
                            models.Q(
                                models.Q(("stage__in", ["appointed", "dismissed", "resigned"]), _negated=True),
                                ("serial", None),
                                ("year", None),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_made_has_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ground__in", ["absent", "conflict", "secrecy", "abuse", "law", "left"]), ("stage", "dismissed")
                            ),
                            models.Q(models.Q(("stage", "dismissed"), _negated=True), ("ground", "")),
                            _connector="OR",
                        ),
                        name="appointment_dismissed_has_ground",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("stage__in", ["appointed", "candidate", "dismissed", "resigned"])),
                        expressions=[
                            (models.Func(models.F("person"), models.F("person"), models.Value("[]"), function="int8range"), "&&"),
                            (
                                models.Func(models.F("from_on"), models.F("until_on"), models.Value("[]"), function="daterange"),
                                "&&",
                            ),
                        ],
                        name="appointment_terms_do_not_overlap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=supervision.models.certificate.new_code,
                        editable=False,
                        max_length=40,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("voided_at", models.DateTimeField(null=True, verbose_name="void since")),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="supervision.appointment",
                        verbose_name="appointment",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="issued by",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)), fields=("appointment",), name="certificate_one_in_force"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tie",
                    models.CharField(
                        choices=[
                            ("own", "One's own enterprise"),
                            ("competitor", "Competitor of one's own enterprise"),
                            ("relative", "Enterprise of a relative"),
                        ],
                        max_length=10,
                        verbose_name="tie",
                    ),
                ),
                ("declared_at", models.DateTimeField(verbose_name="declared at")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="declared by",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "declared interest",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("person", "enterprise"), name="interest_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tie__in", ["own", "competitor", "relative"])), name="interest_tie_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="interest_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=24, verbose_name="step")),
                ("at", models.DateTimeField(verbose_name="time")),
                ("text", models.TextField(blank=True)),
                ("detail", models.JSONField(default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="supervision.appointment",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="events", to="supervision.batch"),
                ),
            ],
            options={
                "verbose_name": "event",
                "ordering": ["pk"],
            },
        ),
    ]
