import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import events.models.invitation
import events.models.occasion
import liaison.files.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_administrators_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("enterprises", "0002_events_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=100, verbose_name="English name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("breakfast", "Breakfast meeting"),
                            ("symposium", "Symposium"),
                            ("training", "Training"),
                            ("briefing", "Policy briefing"),
                            ("investment", "Investment promotion"),
                            ("ideals", "Ideals education"),
                            ("banks", "Bank–government–enterprise session"),
                            ("supervisors", "Supervisors' meeting"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("politics", "Guidance in ideals and politics"),
                            ("friends", "Friendship between government and business"),
                            ("talks", "Consultation between government and enterprises"),
                            ("help", "Helping enterprises out of difficulties"),
                            ("ability", "Building abilities"),
                            ("environment", "Improving the business environment"),
                        ],
                        max_length=12,
                        verbose_name="action",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "series",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="FeedKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=events.models.invitation.new_nonce, max_length=32, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feed_key", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Occasion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="address")),
                (
                    "number",
                    models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name="number in the series"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("breakfast", "Breakfast meeting"),
                            ("symposium", "Symposium"),
                            ("training", "Training"),
                            ("briefing", "Policy briefing"),
                            ("investment", "Investment promotion"),
                            ("ideals", "Ideals education"),
                            ("banks", "Bank–government–enterprise session"),
                            ("supervisors", "Supervisors' meeting"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("politics", "Guidance in ideals and politics"),
                            ("friends", "Friendship between government and business"),
                            ("talks", "Consultation between government and enterprises"),
                            ("help", "Helping enterprises out of difficulties"),
                            ("ability", "Building abilities"),
                            ("environment", "Improving the business environment"),
                        ],
                        max_length=12,
                        verbose_name="action",
                    ),
                ),
                (
                    "access",
                    models.CharField(
                        choices=[("public", "Public"), ("invited", "By invitation"), ("internal", "Internal")],
                        default="invited",
                        max_length=10,
                        verbose_name="access",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("published", "Published"),
                            ("held", "Held, minutes to come"),
                            ("minuted", "Minutes approved"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                ("summary", models.TextField(blank=True, max_length=3000, verbose_name="what it is about")),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("place", models.CharField(max_length=120, verbose_name="place")),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100000),
                        ],
                        verbose_name="places for enterprises",
                    ),
                ),
                ("reply_by", models.DateTimeField(verbose_name="answer by")),
                ("by_application", models.BooleanField(default=False, verbose_name="enterprises may apply")),
                ("asks_diet", models.BooleanField(default=False, verbose_name="ask about food")),
                ("asks_plate", models.BooleanField(default=False, verbose_name="ask for number plates")),
                ("principal_only", models.BooleanField(default=False, verbose_name="a substitute must be approved")),
                ("booklets", models.PositiveIntegerField(default=0, verbose_name="booklets handed out")),
                ("uid", models.CharField(default=events.models.occasion.new_uid, editable=False, max_length=60, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("planned_at", models.DateTimeField(editable=False, verbose_name="planned at")),
                ("changed_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("reason", models.CharField(blank=True, editable=False, max_length=500, verbose_name="why it was cancelled")),
                (
                    "cloned_from",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="events.occasion",
                    ),
                ),
                (
                    "co_units",
                    models.ManyToManyField(blank=True, related_name="+", to="accounts.unit", verbose_name="co-organisers"),
                ),
                (
                    "host_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="organised by",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="planned by",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occasions",
                        to="events.series",
                        verbose_name="series",
                    ),
                ),
            ],
            options={
                "verbose_name": "occasion",
                "ordering": ["-starts_at", "-pk"],
                "indexes": [
                    models.Index(fields=["starts_at", "id"], name="occasion_by_start"),
                    models.Index(fields=["kind", "starts_at", "id"], name="occasion_by_kind"),
                    models.Index(
                        condition=models.Q(("stage__in", ["planned", "published"])), fields=["ends_at"], name="occasion_to_come"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("series", "number"), name="occasion_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", None), ("series", None)), ("series__isnull", False), _connector="OR"
                        ),
                        name="occasion_number_with_series",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="occasion_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reply_by__lte", models.F("starts_at"))), name="occasion_answers_before_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["planned", "published", "held", "minuted", "closed", "cancelled"])),
                        name="occasion_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity", None), ("capacity__gte", 1), _connector="OR"),
                        name="occasion_capacity_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "cancelled"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="occasion_cancelled_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["planned", "cancelled"]), ("published_at__isnull", False), _connector="OR"
                        ),
                        name="occasion_published_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_application", False), models.Q(("access", "internal"), _negated=True), _connector="OR"
                        ),
                        name="occasion_applications_not_internal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OccasionFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to=liaison.files.models.storage_name, verbose_name="file")),
                ("name", models.CharField(max_length=150, verbose_name="file name")),
                ("media_type", models.CharField(max_length=100, verbose_name="kind of file")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="check sum")),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent at")),
                (
                    "occasion",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="files", to="events.occasion"),
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
        migrations.CreateModel(
            name="RotationDraw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seed", models.PositiveBigIntegerField(verbose_name="seed")),
                ("at", models.DateTimeField(verbose_name="time")),
                ("result", models.JSONField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="draws", to="events.occasion"),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "Application to be decided"),
                            ("pending", "Not answered"),
                            ("accepted", "Coming"),
                            ("declined", "Not coming"),
                            ("waiting", "On the waiting list"),
                            ("offered", "A place is held"),
                            ("lapsed", "Offer run out"),
                            ("revoked", "Taken back"),
                            ("refused", "Application declined"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("name", "By name"),
                            ("application", "By application"),
                            ("chamber", "Proposed by a chamber"),
                            ("rotation", "By fair rotation"),
                            ("walk_in", "Came without an invitation"),
                        ],
                        default="name",
                        max_length=12,
                        verbose_name="how it was chosen",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "nonce",
                    models.CharField(default=events.models.invitation.new_nonce, editable=False, max_length=32, unique=True),
                ),
                ("invited_at", models.DateTimeField(verbose_name="invited at")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                ("waiting_since", models.DateTimeField(blank=True, null=True, verbose_name="waits since")),
                ("held_until", models.DateTimeField(blank=True, null=True, verbose_name="place held until")),
                ("guest_name", models.CharField(blank=True, max_length=60, verbose_name="who comes")),
                ("guest_title", models.CharField(blank=True, max_length=60, verbose_name="position")),
                ("guest_phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                (
                    "substitute",
                    models.CharField(
                        choices=[
                            ("none", "The person invited"),
                            ("named", "Substitute"),
                            ("asked", "Substitute, to be approved"),
                            ("declined", "Substitute not accepted"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="substitute",
                    ),
                ),
                ("diet", models.CharField(blank=True, max_length=200, verbose_name="food")),
                ("plate", models.CharField(blank=True, max_length=12, verbose_name="number plate")),
                (
                    "code",
                    models.CharField(default=events.models.invitation.new_nonce, editable=False, max_length=32, unique=True),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="events.occasion",
                        verbose_name="occasion",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation to an occasion",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["occasion", "state", "id"], name="invitation_of_occasion"),
                    models.Index(fields=["enterprise", "-invited_at"], name="invitation_of_enterprise"),
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["occasion", "waiting_since"], name="invitation_line"
                    ),
                    models.Index(condition=models.Q(("state", "offered")), fields=["held_until"], name="invitation_held"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("occasion", "enterprise"), name="invitation_once_per_firm"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "applied",
                                    "pending",
                                    "accepted",
                                    "declined",
                                    "waiting",
                                    "offered",
                                    "lapsed",
                                    "revoked",
                                    "refused",
                                ],
                            )
                        ),
                        name="invitation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_until__isnull", False), ("state", "offered")),
                            models.Q(models.Q(("state", "offered"), _negated=True), ("held_until", None)),
                            _connector="OR",
                        ),
                        name="invitation_held_has_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["waiting", "offered"]), _negated=True),
                            ("waiting_since__isnull", False),
                            _connector="OR",
                        ),
                        name="invitation_waiting_has_turn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["revoked", "refused"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="invitation_revoked_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(("guest_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="invitation_coming_names_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answered_at", None), ("answered_at__gte", models.F("invited_at")), _connector="OR"),
                        name="invitation_answered_after_invited",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OccasionEvent",
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
                    "occasion",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="events", to="events.occasion"),
                ),
            ],
            options={
                "verbose_name": "event",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["occasion", "id"], name="event_of_occasion")],
            },
        ),
        migrations.CreateModel(
            name="Presiding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("host", "Host"), ("leader", "Leader present")],
                        default="leader",
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("replaced", "Replaced"), ("actual", "Presided")],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presides",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="leader",
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="presiding", to="events.occasion"
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="replaced by",
                    ),
                ),
            ],
            options={
                "ordering": ["role", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("occasion", "leader"), name="presiding_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "host"), models.Q(("state", "replaced"), _negated=True)),
                        fields=("occasion",),
                        name="presiding_one_host",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replaced_by__isnull", False), ("state", "replaced")),
                            models.Q(models.Q(("state", "replaced"), _negated=True), ("replaced_by", None)),
                            _connector="OR",
                        ),
                        name="presiding_replaced_names_the_other",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeItem",
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="programme", to="events.occasion"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("occasion", "position"), name="programme_position_once"),
                    models.CheckConstraint(condition=models.Q(("minutes__gte", 1)), name="programme_takes_time"),
                ],
            },
        ),
    ]
