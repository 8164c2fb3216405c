import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import liaison.files.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("enterprises", "0002_events_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=4, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("name_en", models.CharField(max_length=60, verbose_name="English name")),
                ("examples", models.CharField(blank=True, max_length=200, verbose_name="examples")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "co_units",
                    models.ManyToManyField(blank=True, related_name="+", to="accounts.unit", verbose_name="usual co-units"),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="usual lead unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "category",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("draft_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("once_key", models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ("year", models.PositiveSmallIntegerField(editable=False, null=True)),
                ("serial", models.PositiveIntegerField(editable=False, null=True)),
                ("number", models.CharField(editable=False, max_length=40, null=True, unique=True, verbose_name="number")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Portal"),
                            ("meeting", "Meeting"),
                            ("visit", "Visit"),
                            ("supervisor", "Supervisor"),
                            ("direct", "Direct line"),
                            ("hotline", "Hotline 12345"),
                            ("paper", "Paper or phone"),
                        ],
                        default="web",
                        max_length=12,
                        verbose_name="channel",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=80, verbose_name="title")),
                ("body", models.TextField(blank=True, max_length=5000, verbose_name="matter")),
                (
                    "nature",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consult", "Consultation"),
                            ("help", "Request for help"),
                            ("complaint", "Complaint"),
                            ("report", "Report"),
                            ("suggestion", "Suggestion"),
                            ("praise", "Praise"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[("individual", "Individual"), ("common", "Common"), ("policy", "Policy"), ("legacy", "Legacy")],
                        max_length=12,
                        verbose_name="type",
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("normal", "Normal"), ("urgent", "Urgent")],
                        default="normal",
                        max_length=8,
                        verbose_name="urgency",
                    ),
                ),
                ("sensitive", models.BooleanField(default=False, verbose_name="sensitive")),
                ("concerns_text", models.CharField(blank=True, max_length=200, verbose_name="officials concerned")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for admission"),
                            ("admitted", "Waiting for dispatch"),
                            ("refused", "Not admitted"),
                            ("answered", "Answered, waiting for evaluation"),
                            ("merged", "Merged"),
                            ("dispatched", "Dispatched"),
                            ("handling", "In handling"),
                            ("sign_off", "Waiting for sign-off"),
                            ("tracking", "Long-term tracking"),
                            ("callback", "Call-back"),
                            ("redo", "To be redone"),
                            ("withdrawn", "Withdrawn"),
                            ("closed", "Closed"),
                            ("ended", "Ended"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                (
                    "stage_before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for admission"),
                            ("admitted", "Waiting for dispatch"),
                            ("refused", "Not admitted"),
                            ("answered", "Answered, waiting for evaluation"),
                            ("merged", "Merged"),
                            ("dispatched", "Dispatched"),
                            ("handling", "In handling"),
                            ("sign_off", "Waiting for sign-off"),
                            ("tracking", "Long-term tracking"),
                            ("callback", "Call-back"),
                            ("redo", "To be redone"),
                            ("withdrawn", "Withdrawn"),
                            ("closed", "Closed"),
                            ("ended", "Ended"),
                        ],
                        max_length=12,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="round")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("solved", "Solved"),
                            ("partly", "Partly solved"),
                            ("planned", "Planned"),
                            ("explained", "Policy explained"),
                            ("not_possible", "Not possible now"),
                            ("unreasonable", "Unreasonable"),
                        ],
                        max_length=14,
                        verbose_name="outcome",
                    ),
                ),
                ("due_at", models.DateTimeField(null=True, verbose_name="due")),
                ("suspended_until", models.DateField(null=True, verbose_name="suspended until")),
                ("recheck_on", models.DateField(null=True, verbose_name="to be checked again on")),
                ("created_at", models.DateTimeField(verbose_name="started")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted")),
                ("dispatched_at", models.DateTimeField(null=True, verbose_name="dispatched")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed")),
                ("version", models.PositiveIntegerField(default=0)),
                ("search_text", django.contrib.postgres.search.SearchVectorField(null=True)),
                ("search_all", django.contrib.postgres.search.SearchVectorField(null=True)),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="issues.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "entered_by_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="entered by unit",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_issues",
                        to="accounts.unit",
                        verbose_name="lead unit",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="main leader",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged_issues", to="issues.issue"
                    ),
                ),
            ],
            options={
                "verbose_name": "issue",
                "indexes": [
                    models.Index(
                        condition=models.Q(("stage__in", ["dispatched", "handling", "sign_off", "tracking"])),
                        fields=["due_at"],
                        name="issue_due",
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["search_text"], name="issue_search_text"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search_all"], name="issue_search_all"),
                    models.Index(fields=["-submitted_at", "-id"], name="issue_newest"),
                    models.Index(fields=["stage", "-submitted_at", "-id"], name="issue_by_stage"),
                    models.Index(fields=["enterprise", "-submitted_at", "-id"], name="issue_by_enterprise"),
                    models.Index(fields=["lead_unit", "stage", "-submitted_at", "-id"], name="issue_by_unit"),
                    models.Index(fields=["category", "-submitted_at", "-id"], name="issue_by_category"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "serial"), name="issue_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", None), ("stage", "draft"), ("submitted_at", None)),
                            models.Q(
                                models.Q(("stage", "draft"), _negated=True),
                                ("number__isnull", False),
                                ("serial__isnull", False),
                                ("submitted_at__isnull", False),
                                ("year__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="issue_sent_has_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage__in", ["dispatched", "handling", "sign_off", "tracking"]), _negated=True),
                            models.Q(("due_at__isnull", False), ("lead_unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="issue_with_unit_has_unit_and_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", False), ("stage", "merged")),
                            models.Q(models.Q(("stage", "merged"), _negated=True), ("merged_into", None)),
                            _connector="OR",
                        ),
                        name="issue_merged_names_the_other",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage", "draft"),
                            models.Q(models.Q(("title", ""), _negated=True), models.Q(("body", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="issue_sent_has_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                (
                    "solved",
                    models.CharField(
                        choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")], max_length=6, verbose_name="solved?"
                    ),
                ),
                (
                    "rating",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (5, "Very satisfied"),
                            (4, "Satisfied"),
                            (3, "Fair"),
                            (2, "Dissatisfied"),
                            (1, "Very dissatisfied"),
                        ],
                        verbose_name="rating",
                    ),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("fast", "Fast"),
                                ("clear", "Clearly explained"),
                                ("helpful", "Really helped"),
                                ("slow", "Too slow"),
                                ("attitude", "Poor attitude"),
                                ("result", "Problem not solved"),
                                ("never_contacted", "Nobody contacted us"),
                                ("passed_around", "Passed from one unit to another"),
                            ],
                            max_length=16,
                        ),
                        default=list,
                        size=None,
                        verbose_name="reasons",
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="remarks")),
                ("at", models.DateTimeField(verbose_name="evaluated")),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "issue",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="evaluations", to="issues.issue"),
                ),
            ],
            options={
                "verbose_name": "evaluation",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("issue", "round"), name="evaluation_once_per_round"),
                    models.CheckConstraint(
                        condition=models.Q(("rating__gte", 1), ("rating__lte", 5)), name="evaluation_five_levels"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Directive",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000, verbose_name="directive")),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="leader",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="directives", to="issues.issue"),
                ),
            ],
            options={
                "verbose_name": "directive",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "official",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="official",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="concerns", to="issues.issue"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("issue", "official"), name="concern_once")],
            },
        ),
        migrations.CreateModel(
            name="CallBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("closed", "Confirmed: may be closed"),
                            ("redo", "To be redone"),
                            ("withdrawn", "Withdrawal confirmed: nobody asked for it"),
                            ("continue", "Handling goes on"),
                            ("unreached", "Not reached"),
                        ],
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="record of the call")),
                ("at", models.DateTimeField(verbose_name="called")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="caller",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="callbacks", to="issues.issue"),
                ),
            ],
            options={
                "verbose_name": "call-back",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("solved", "Solved"),
                            ("partly", "Partly solved"),
                            ("planned", "Planned"),
                            ("explained", "Policy explained"),
                            ("not_possible", "Not possible now"),
                            ("unreasonable", "Unreasonable"),
                        ],
                        max_length=14,
                        verbose_name="outcome",
                    ),
                ),
                ("text", models.TextField(max_length=5000, verbose_name="text")),
                ("until", models.DateField(null=True, verbose_name="planned for")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("against_law", "Against law or policy"),
                            ("no_basis", "No basis in facts"),
                            ("others_rights", "At the expense of others' rights"),
                            ("repeated_claim", "Claim settled before"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="written")),
                ("returned_note", models.CharField(blank=True, max_length=1000, verbose_name="returned because")),
                ("returned_at", models.DateTimeField(null=True)),
                ("signed_at", models.DateTimeField(null=True, verbose_name="signed off")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signed off by",
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
                (
                    "issue",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="issues.issue"),
                ),
            ],
            options={
                "verbose_name": "answer",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by", None),
                            models.Q(("signed_by", models.F("by")), _negated=True),
                            ("unit", None),
                            _connector="OR",
                        ),
                        name="answer_signed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "planned"), _negated=True), ("until__isnull", False), _connector="OR"
                        ),
                        name="answer_planned_has_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "unreasonable"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_unreasonable_has_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("signed_at__isnull", False)),
                        fields=("issue", "round"),
                        name="answer_signed_once_per_round",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssueEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=24, verbose_name="step")),
                (
                    "duty",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("desk", "Desk officer"),
                            ("caller", "Caller"),
                            ("liaison", "Liaison"),
                            ("handler", "Handler"),
                            ("deputy", "Deputy head"),
                            ("head", "Head"),
                            ("leader", "Leader in charge"),
                            ("main_leader", "Main leader"),
                            ("inspector", "Inspector"),
                            ("event_staff", "Event staff"),
                            ("supervisor", "Business-environment supervisor"),
                            ("discipline_reception", "Discipline reception"),
                            ("discipline_keeper", "Lead keeper"),
                            ("discipline_handler", "Discipline handler"),
                            ("discipline_head", "Head of discipline"),
                            ("system_admin", "System administrator"),
                            ("security_admin", "Security administrator"),
                            ("audit_admin", "Audit administrator"),
                        ],
                        max_length=24,
                        verbose_name="duty",
                    ),
                ),
                ("for_firm", models.BooleanField(default=False, verbose_name="by the firm")),
                ("at", models.DateTimeField(verbose_name="time")),
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                ("internal", models.BooleanField(verbose_name="internal")),
                ("stage_from", models.CharField(max_length=12)),
                ("stage_to", models.CharField(max_length=12)),
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
                    "issue",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="events", to="issues.issue"),
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
                "verbose_name": "event",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["issue", "id"], name="event_of_issue")],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("firm", "Enterprise"), ("desk", "Desk"), ("unit", "Unit"), ("leader", "Leader")], max_length=6
                    ),
                ),
                ("internal", models.BooleanField(default=False, verbose_name="internal")),
                ("text", models.TextField(max_length=5000, verbose_name="text")),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="issues.issue"),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("internal", True), ("side", "firm"), _negated=True),
                        name="message_of_firm_is_not_internal",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to=liaison.files.models.storage_name, verbose_name="file")),
                ("name", models.CharField(max_length=150, verbose_name="file name")),
                ("media_type", models.CharField(max_length=100, verbose_name="kind of file")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="check sum")),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent at")),
                ("by_firm", models.BooleanField(default=False)),
                ("internal", models.BooleanField(default=False)),
                (
                    "answer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="issues.answer"
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
                (
                    "issue",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="issues.issue"),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="issues.message"
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="milestone")),
                ("due_on", models.DateField(verbose_name="due")),
                ("done_on", models.DateField(null=True, verbose_name="done")),
                (
                    "issue",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="issues.issue"),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=30)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "year"), name="number_series_once")],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("desk", "Desk officer"),
                            ("caller", "Caller"),
                            ("liaison", "Liaison"),
                            ("handler", "Handler"),
                            ("deputy", "Deputy head"),
                            ("head", "Head"),
                            ("leader", "Leader in charge"),
                            ("main_leader", "Main leader"),
                            ("inspector", "Inspector"),
                            ("event_staff", "Event staff"),
                            ("supervisor", "Business-environment supervisor"),
                            ("discipline_reception", "Discipline reception"),
                            ("discipline_keeper", "Lead keeper"),
                            ("discipline_handler", "Discipline handler"),
                            ("discipline_head", "Head of discipline"),
                            ("system_admin", "System administrator"),
                            ("security_admin", "Security administrator"),
                            ("audit_admin", "Audit administrator"),
                        ],
                        max_length=24,
                        verbose_name="duty",
                    ),
                ),
                ("first_at", models.DateTimeField(verbose_name="first opened")),
                ("last_at", models.DateTimeField(verbose_name="last opened")),
                ("times", models.PositiveIntegerField(default=1, verbose_name="times")),
                (
                    "issue",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="openings", to="issues.issue"),
                ),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit")),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["first_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("issue", "user"), name="opening_once_per_person")],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(choices=[("lead", "Lead unit"), ("co", "Co-unit")], max_length=4, verbose_name="part")),
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "Waiting for acceptance"),
                            ("accepted", "Accepted"),
                            ("done", "Done"),
                            ("returned", "Sent back"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="issued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("limit_days", models.PositiveSmallIntegerField(verbose_name="limit, working days")),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="accepted")),
                ("opinion", models.TextField(blank=True, max_length=5000, verbose_name="opinion")),
                ("opinion_at", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handled_orders",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handler",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="orders", to="issues.issue"),
                ),
                (
                    "issued_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "opinion_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "order",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["unit", "issue"], name="order_by_unit")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["accepted", "done", "issued"])),
                        fields=("issue", "round", "unit"),
                        name="order_live_once_per_unit",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "lead"), ("state__in", ["accepted", "done", "issued"])),
                        fields=("issue", "round"),
                        name="order_one_live_lead",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(("accepted_at__isnull", False), ("handler__isnull", False)),
                            _connector="OR",
                        ),
                        name="order_accepted_has_handler",
                    ),
                    models.CheckConstraint(condition=models.Q(("limit_days__gte", 1)), name="order_limit_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Petition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("refusal", "Not to admit"),
                            ("send_back", "Send back"),
                            ("extension", "Extension"),
                            ("suspension", "Suspension"),
                            ("tracking", "Long-term tracking"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for decision"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("void", "Void"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("reason", models.CharField(max_length=1000, verbose_name="reason")),
                ("text", models.TextField(blank=True, max_length=5000, verbose_name="text")),
                ("basis", models.CharField(blank=True, max_length=1000, verbose_name="basis")),
                ("until", models.DateField(null=True, verbose_name="until")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="note to the firm")),
                ("milestones", models.JSONField(default=list)),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("decision_note", models.CharField(blank=True, max_length=1000, verbose_name="note")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="petitions", to="issues.issue"),
                ),
                (
                    "proposed_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="proposed unit",
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
                "verbose_name": "petition",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")), fields=("issue", "kind"), name="petition_one_pending_per_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("asked_by")), _negated=True),
                        name="petition_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "declined"]), _negated=True),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="petition_decided_names_decider",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupervisionOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                ("opened_at", models.DateTimeField(verbose_name="opened")),
                (
                    "directive",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="supervision_order", to="issues.directive"
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="supervision_orders", to="issues.issue"
                    ),
                ),
            ],
            options={
                "verbose_name": "supervision order",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("year", "serial"), name="supervision_order_number_once")],
            },
        ),
    ]
