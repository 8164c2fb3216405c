import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_administrators_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("enterprises", "0002_events_append_only"),
        ("events", "0005_check_in"),
        ("issues", "0009_breakfast_channel"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)],
                        verbose_name="minutes",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="item")),
                ("speaker", models.CharField(blank=True, max_length=80, verbose_name="speaker")),
                (
                    "occasion",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="agenda", to="events.occasion"),
                ),
            ],
            options={
                "verbose_name": "agenda item",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1), ("minutes__lte", 600)), name="agenda_takes_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answered", "Answered on the spot"),
                            ("taken", "Taken away"),
                            ("suggestion", "Suggestion"),
                            ("policy", "Policy question"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("speaker", models.CharField(max_length=60, verbose_name="speaker")),
                ("text", models.TextField(max_length=3000, verbose_name="what was raised")),
                ("answer", models.TextField(blank=True, max_length=3000, verbose_name="answer given")),
                ("recorded_at", models.DateTimeField()),
                ("once_key", models.CharField(editable=False, max_length=32, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "agenda_item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="points",
                        to="events.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "issue",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_point",
                        to="issues.issue",
                        verbose_name="issue",
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="points", to="events.occasion"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "point",
                "ordering": ["occasion", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("occasion", "number"), name="point_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["answered", "taken", "suggestion", "policy"])), name="point_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "answered"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="point_answered_has_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issue", None), models.Q(("enterprise__isnull", False), ("kind", "taken")), _connector="OR"
                        ),
                        name="point_with_issue_was_taken_away",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="revision")),
                ("saved_at", models.DateTimeField(verbose_name="saved")),
                ("submitted_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="events.occasion"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("occasion", "number"), name="revision_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("approved_at", None), ("submitted_at__isnull", False), _connector="OR"),
                        name="revision_approved_was_submitted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paragraph",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                ("key", models.CharField(max_length=20)),
                ("text", models.TextField(blank=True, max_length=5000, verbose_name="text")),
                ("publish", models.BooleanField(default=False, verbose_name="to be published")),
                (
                    "point",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paragraphs",
                        to="events.point",
                        verbose_name="point",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paragraphs", to="events.revision"
                    ),
                ),
            ],
            options={
                "verbose_name": "paragraph",
                "ordering": ["position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("revision", "key"), name="paragraph_key_once")],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                ("text", models.TextField(max_length=2000, verbose_name="what it is about")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("assigned", "With a unit for a draft reply"),
                            ("drafted", "Draft reply written"),
                            ("set_aside", "Not for this meeting"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="proposed at")),
                ("once_key", models.CharField(editable=False, max_length=32, unique=True)),
                ("due_on", models.DateField(null=True, verbose_name="draft due on")),
                ("reply", models.TextField(blank=True, max_length=5000, verbose_name="draft reply")),
                ("replied_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
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
                    "occasion",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="topics", to="events.occasion"),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "assigned")), fields=["unit", "due_on"], name="topic_of_unit")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "assigned", "drafted", "set_aside", "withdrawn"])),
                        name="topic_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["assigned", "drafted"]), _negated=True),
                            models.Q(("due_on__isnull", False), ("unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="topic_with_unit_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "drafted"), _negated=True),
                            models.Q(models.Q(("reply", ""), _negated=True), ("replied_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="topic_drafted_has_reply",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "set_aside"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="topic_aside_has_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="topic",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agenda_items",
                to="events.topic",
                verbose_name="topic",
            ),
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given", models.BooleanField(verbose_name="may be named")),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
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
                    "occasion",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="events.occasion"),
                ),
            ],
            options={
                "verbose_name": "consent",
                "constraints": [models.UniqueConstraint(fields=("occasion", "enterprise"), name="consent_once_per_firm")],
            },
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("topic__isnull", False)), fields=("occasion", "topic"), name="agenda_topic_once"
            ),
        ),
    ]
