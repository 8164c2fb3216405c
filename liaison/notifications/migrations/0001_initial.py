import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("context", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notifications", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "constraints": [models.UniqueConstraint(fields=("recipient", "kind", "key"), name="notification_once")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("delivered_at__isnull", False)),
                        fields=["recipient", "-created_at", "-id"],
                        name="notification_inbox",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(choices=[("inbox", "Inbox"), ("email", "E-mail")], max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("created", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("superseded", "Superseded"),
                        ],
                        default="created",
                        max_length=12,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("lease_until", models.DateTimeField(null=True)),
                ("lease_token", models.UUIDField(null=True)),
                ("message_id", models.UUIDField(default=uuid.uuid4)),
                ("sent_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=300)),
                (
                    "notification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="notifications.notification"
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["created", "sending"])), fields=["next_at", "id"], name="delivery_open"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("notification", "channel"), name="delivery_once_per_channel")],
            },
        ),
    ]
