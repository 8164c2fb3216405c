import django.db.models.deletion
import django.utils.timezone
import liaison.files.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_administrators_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("enterprises", "0002_events_append_only"),
        ("issues", "0008_urging"),
        ("supervision", "0002_events_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Waiting to be sorted"),
                            ("issue", "Handled as an issue"),
                            ("leader", "With a leader"),
                            ("inspection", "With the inspection office"),
                            ("ordered", "Supervision order issued"),
                            ("answered", "Answered"),
                            ("rated", "Answered and rated"),
                            ("converted", "Made an issue of one's own enterprise"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=80, verbose_name="what it is about")),
                ("seen_at", models.DateTimeField(null=True, verbose_name="when it was seen")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="place")),
                (
                    "manner",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "Open visit"),
                            ("covert", "Visit without notice"),
                            ("talk", "Talk with enterprises"),
                            ("told", "Told by an enterprise"),
                            ("own", "Went through it oneself"),
                        ],
                        max_length=8,
                        verbose_name="how it came to be known",
                    ),
                ),
                (
                    "function",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("oversight", "Supervising"),
                            ("advice", "Advising"),
                            ("bridge", "Carrying word"),
                            ("opinion", "Telling the public"),
                        ],
                        max_length=10,
                        verbose_name="function",
                    ),
                ),
                ("facts", models.TextField(blank=True, verbose_name="facts")),
                ("evidence", models.TextField(blank=True, verbose_name="evidence")),
                ("advice", models.TextField(blank=True, verbose_name="advice")),
                ("touches_integrity", models.BooleanField(default=False, verbose_name="touches integrity")),
                ("anonymous", models.BooleanField(default=False, verbose_name="pass on without the name")),
                ("set_aside", models.BooleanField(default=False, editable=False)),
                ("created_at", models.DateTimeField(editable=False, verbose_name="begun at")),
                ("sent_at", models.DateTimeField(editable=False, null=True, verbose_name="sent at")),
                ("sorted_at", models.DateTimeField(editable=False, null=True, verbose_name="sorted at")),
                (
                    "sorting",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("issue", "Pass on: it becomes an issue"),
                            ("leader", "Submit to a leader for a directive"),
                            ("inspection", "Give to the inspection office to supervise"),
                            ("reference", "Take note of it"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="sorted",
                    ),
                ),
                ("passed_text", models.TextField(blank=True, editable=False, verbose_name="text passed on")),
                ("answer", models.TextField(blank=True, editable=False, verbose_name="answer")),
                ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="answered at")),
                (
                    "rating",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (5, "Very satisfied"),
                            (4, "Satisfied"),
                            (3, "Fairly satisfied"),
                            (2, "Not satisfied"),
                            (1, "Not satisfied at all"),
                        ],
                        editable=False,
                        null=True,
                        verbose_name="rating",
                    ),
                ),
                ("rating_text", models.TextField(blank=True, editable=False, verbose_name="remark on the rating")),
                ("due_at", models.DateTimeField(editable=False, null=True, verbose_name="due")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="supervision.appointment",
                        verbose_name="appointment",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervisor_reports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="supervisor",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="issues.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                        verbose_name="enterprise concerned",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervisor_reports",
                        to="issues.issue",
                        verbose_name="issue",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="leader",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervisor_reports",
                        to="issues.supervisionorder",
                        verbose_name="order",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="unit observed",
                    ),
                ),
            ],
            options={
                "verbose_name": "supervisor's report",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["appointment", "sent_at"], name="report_by_appointment"),
                    models.Index(
                        condition=models.Q(("stage__in", ["issue", "ordered"])), fields=["stage"], name="report_followed"
                    ),
                    models.Index(fields=["author", "-created_at", "-id"], name="report_by_author"),
                    models.Index(fields=["set_aside", "-created_at", "-id"], name="report_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                ["draft", "sent", "issue", "leader", "inspection", "ordered", "answered", "rated", "converted"],
                            )
                        ),
                        name="report_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at", None), ("set_aside", False), ("stage", "draft")),
                            models.Q(
                                models.Q(("stage", "draft"), _negated=True),
                                models.Q(("subject", ""), _negated=True),
                                models.Q(("facts", ""), _negated=True),
                                ("function__in", ["oversight", "advice", "bridge", "opinion"]),
                                ("seen_at__isnull", False),
                                ("sent_at__isnull", False),
                                ("unit__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="report_sent_is_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("set_aside", False), ("touches_integrity", True), _connector="OR"),
                        name="report_set_aside_is_as_said",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("set_aside", False),
                            models.Q(("issue", None), ("leader", None), ("order", None), ("sorting", "")),
                            _connector="OR",
                        ),
                        name="report_set_aside_goes_nowhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("touches_integrity", False), ("stage", "draft"), ("set_aside", True), _connector="OR"
                        ),
                        name="report_integrity_is_set_aside",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage__in", ["issue", "converted"]), _negated=True),
                            ("issue__isnull", False),
                            _connector="OR",
                        ),
                        name="report_as_issue_has_issue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "leader"), _negated=True), ("leader__isnull", False), _connector="OR"
                        ),
                        name="report_with_leader_has_leader",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "ordered"), _negated=True), ("order__isnull", False), _connector="OR"
                        ),
                        name="report_ordered_has_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rating__in", [5, 4, 3, 2, 1]), ("stage", "rated")),
                            models.Q(models.Q(("stage", "rated"), _negated=True), ("rating", None)),
                            _connector="OR",
                        ),
                        name="report_rated_has_rating",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage__in", ["answered", "rated"]), _negated=True),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="report_answered_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=24, verbose_name="step")),
                ("at", models.DateTimeField(verbose_name="time")),
                ("text", models.TextField(blank=True)),
                ("internal", models.BooleanField(default=False)),
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="supervision.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to=liaison.files.models.storage_name, verbose_name="file")),
                ("name", models.CharField(max_length=150, verbose_name="file name")),
                ("media_type", models.CharField(max_length=100, verbose_name="kind of file")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="check sum")),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent at")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="supervision.report"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
    ]
