import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import enterprises.credit_codes
import enterprises.models.people
import liaison.files.models
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
            name="Chamber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="English name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("district", "General chamber"),
                            ("trade", "Trade association"),
                            ("town", "Chamber of a town"),
                            ("park", "Union of a park"),
                            ("hometown", "Chamber of fellow countrymen"),
                        ],
                        default="trade",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "chamber",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["district", "trade", "town", "park", "hometown"])),
                        name="chamber_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Label",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=20, unique=True, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=60, verbose_name="English name")),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
            ],
            options={
                "verbose_name": "label",
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="Enterprise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name of the enterprise")),
                ("pending_name", models.CharField(blank=True, max_length=100, verbose_name="new name asked for")),
                (
                    "credit_code",
                    models.CharField(
                        error_messages={"unique": "This credit code is registered already."},
                        max_length=18,
                        unique=True,
                        validators=[enterprises.credit_codes.validate_credit_code],
                        verbose_name="unified social credit code",
                    ),
                ),
                ("legal_representative", models.CharField(max_length=60, verbose_name="legal representative")),
                (
                    "industry",
                    models.CharField(
                        choices=[
                            ("A", "Agriculture, forestry, animal husbandry and fishery"),
                            ("B", "Mining"),
                            ("C", "Manufacturing"),
                            ("D", "Electricity, heat, gas and water supply"),
                            ("E", "Construction"),
                            ("F", "Wholesale and retail"),
                            ("G", "Transport, storage and post"),
                            ("H", "Hotels and catering"),
                            ("I", "Information transmission, software and IT services"),
                            ("J", "Finance"),
                            ("K", "Real estate"),
                            ("L", "Leasing and business services"),
                            ("M", "Research and technical services"),
                            ("N", "Water, environment and public facilities"),
                            ("O", "Residents' services, repair and others"),
                            ("P", "Education"),
                            ("Q", "Health and social work"),
                            ("R", "Culture, sports and entertainment"),
                            ("S", "Public administration, social security and organisations"),
                            ("T", "International organisations"),
                        ],
                        max_length=1,
                        verbose_name="industry",
                    ),
                ),
                (
                    "industry_code",
                    models.CharField(
                        blank=True,
                        max_length=4,
                        validators=[django.core.validators.RegexValidator("^\\d{2,4}$", "Two to four digits of GB/T 4754.")],
                        verbose_name="industry code",
                    ),
                ),
                (
                    "ownership",
                    models.CharField(
                        choices=[
                            ("private", "Private"),
                            ("state", "State-owned"),
                            ("collective", "Collective"),
                            ("foreign", "Foreign"),
                            ("hmt", "Hong Kong, Macao, Taiwan"),
                            ("mixed", "Mixed"),
                            ("cooperative", "Farmers' cooperative"),
                            ("individual", "Individual business"),
                        ],
                        default="private",
                        max_length=12,
                        verbose_name="ownership",
                    ),
                ),
                ("employees", models.PositiveIntegerField(blank=True, null=True, verbose_name="employees")),
                (
                    "revenue",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="revenue (10,000 yuan)",
                    ),
                ),
                (
                    "assets",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="assets (10,000 yuan)",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[("large", "Large"), ("medium", "Medium"), ("small", "Small"), ("micro", "Micro")],
                        editable=False,
                        max_length=6,
                        verbose_name="size class",
                    ),
                ),
                (
                    "size_override",
                    models.CharField(
                        blank=True,
                        choices=[("large", "Large"), ("medium", "Medium"), ("small", "Small"), ("micro", "Micro")],
                        max_length=6,
                        verbose_name="size class set by hand",
                    ),
                ),
                ("size_reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("contact_name", models.CharField(max_length=60, verbose_name="contact person")),
                ("contact_phone", models.CharField(max_length=30, verbose_name="contact person's phone")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("applied", "Waiting for verification"),
                            ("verified", "Verified"),
                            ("refused", "Registration refused"),
                            ("suspended", "Suspended"),
                            ("closed", "Closed"),
                        ],
                        default="applied",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("status_reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("applied_at", models.DateTimeField(verbose_name="applied at")),
                ("registered_at", models.DateTimeField(editable=False, verbose_name="first applied at")),
                ("verified_at", models.DateTimeField(blank=True, null=True, verbose_name="verified at")),
                ("search", django.contrib.postgres.search.SearchVectorField(editable=False)),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="applied by",
                    ),
                ),
                (
                    "park",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "park"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="park",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        limit_choices_to={"kind": "town"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="town",
                    ),
                ),
                (
                    "labels",
                    models.ManyToManyField(blank=True, related_name="enterprises", to="enterprises.label", verbose_name="labels"),
                ),
            ],
            options={
                "verbose_name": "enterprise",
                "ordering": ["-applied_at", "-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="enterprise_search"),
                    models.Index(fields=["-applied_at", "-id"], name="enterprise_newest"),
                    models.Index(fields=["status", "-applied_at", "-id"], name="enterprise_by_status"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("credit_code__regex", "^[0-9A-HJ-NPQRTUWXY]{18}$")),
                        name="enterprise_code_has_18_characters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["applied", "verified", "refused", "suspended", "closed"])),
                        name="enterprise_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "industry__in",
                                [
                                    "A",
                                    "B",
                                    "C",
                                    "D",
                                    "E",
                                    "F",
                                    "G",
                                    "H",
                                    "I",
                                    "J",
                                    "K",
                                    "L",
                                    "M",
                                    "N",
                                    "O",
                                    "P",
                                    "Q",
                                    "R",
                                    "S",
                                    "T",
                                ],
                            )
                        ),
                        name="enterprise_industry_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("industry_code__regex", "^(\\d{2,4})?$")), name="enterprise_industry_code_digits"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("size_override", ""), ("size_reason", "")),
                            models.Q(
                                models.Q(("size_override", ""), _negated=True),
                                models.Q(("size_reason", ""), _negated=True),
                                ("size", models.F("size_override")),
                            ),
                            _connector="OR",
                        ),
                        name="enterprise_size_set_by_hand_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["verified", "suspended"]), _negated=True),
                            ("verified_at__isnull", False),
                            _connector="OR",
                        ),
                        name="enterprise_verified_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True),
                            models.Q(("status_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="enterprise_refused_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("revenue", None), ("revenue__gte", 0), _connector="OR"),
                        name="enterprise_figures_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("assets", None), ("assets__gte", 0), _connector="OR"),
                        name="enterprise_assets_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChamberMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since_on", models.DateField(verbose_name="member since")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="member until")),
                (
                    "chamber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="enterprises.chamber",
                        verbose_name="chamber",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "ordering": ["since_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)), fields=("chamber", "enterprise"), name="membership_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_on", None), ("ended_on__gte", models.F("since_on")), _connector="OR"),
                        name="membership_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="chamber",
            name="members",
            field=models.ManyToManyField(
                related_name="chambers", through="enterprises.ChamberMembership", to="enterprises.enterprise"
            ),
        ),
        migrations.CreateModel(
            name="EnterpriseEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("applied", "Registration applied for"),
                            ("verified", "Verified"),
                            ("refused", "Registration refused"),
                            ("suspended", "Suspended"),
                            ("reopened", "Reopened"),
                            ("closed", "Closed"),
                            ("edited", "Data changed"),
                            ("rename_asked", "Change of name asked for"),
                            ("renamed", "Change of name confirmed"),
                            ("rename_declined", "Change of name declined"),
                            ("size_set", "Size class set"),
                            ("invited", "Colleague invited"),
                            ("invitation_revoked", "Invitation taken back"),
                            ("joined", "Colleague joined"),
                            ("removed", "Colleague removed"),
                            ("role_changed", "Role changed"),
                            ("chamber_joined", "Joined a chamber"),
                            ("chamber_left", "Left a chamber"),
                            ("imported", "Taken over from a list"),
                        ],
                        max_length=20,
                        verbose_name="what happened",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["enterprise", "-at", "-id"], name="enterprise_event_newest")],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(unique=True)),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be checked"),
                            ("checking", "Being checked"),
                            ("checked", "Checked"),
                            ("confirmed", "Waiting to be taken over"),
                            ("applying", "Being taken over"),
                            ("done", "Taken over"),
                            ("unreadable", "Not readable"),
                            ("discarded", "Discarded"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=300, verbose_name="problem")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("done", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(verbose_name="handed in at")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed at")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="taken over at")),
                ("lease_until", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["waiting", "checking", "checked", "confirmed", "applying", "done", "unreadable", "discarded"],
                            )
                        ),
                        name="import_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("credit_code", models.CharField(blank=True, max_length=40, verbose_name="unified social credit code")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name of the enterprise")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("create", "New"), ("update", "Changed"), ("same", "Unchanged"), ("error", "Faulty")],
                        max_length=8,
                        verbose_name="result",
                    ),
                ),
                ("values", models.JSONField(default=dict)),
                ("changes", models.JSONField(default=dict)),
                ("errors", models.JSONField(default=list)),
                ("applied", models.BooleanField(default=False)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="enterprises.importrun"
                    ),
                ),
            ],
            options={
                "verbose_name": "row",
                "ordering": ["number"],
                "indexes": [models.Index(fields=["run", "verdict", "number"], name="import_row_by_verdict")],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "number"), name="import_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["create", "update", "same", "error"])),
                        name="import_row_verdict_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="whom you invite")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                (
                    "role",
                    models.CharField(
                        choices=[("manager", "Manager"), ("staff", "Colleague")],
                        default="staff",
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "nonce",
                    models.CharField(default=enterprises.models.people.new_nonce, editable=False, max_length=32, unique=True),
                ),
                ("invited_at", models.DateTimeField(verbose_name="invited at")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("mail_claimed_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted at")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back at")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "ordering": ["-invited_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("accepted_by", None)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_accepted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("revoked_at", None), _connector="OR"),
                        name="invitation_not_used_and_revoked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("invited_at"))), name="invitation_expires_later"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to=liaison.files.models.storage_name, verbose_name="file")),
                ("name", models.CharField(max_length=150, verbose_name="file name")),
                ("media_type", models.CharField(max_length=100, verbose_name="kind of file")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="check sum")),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent at")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licences",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
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
                "verbose_name": "business licence",
                "ordering": ["-uploaded_at", "-pk"],
                "get_latest_by": ["uploaded_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Representative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("manager", "Manager"), ("staff", "Colleague")],
                        default="staff",
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="acts since")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="acts until")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representatives",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="represents",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "representative",
                "ordering": ["role", "since", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("user", "enterprise"), name="representative_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["manager", "staff"])), name="representative_role_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at", None), ("ended_at__gte", models.F("since")), _connector="OR"),
                        name="representative_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
