"""Sign-in: one account per name whatever the case, used one-time codes, and the table of the cache."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

# As createcachetable makes it: `migrate` alone is enough to start.
CACHE = """
CREATE TABLE IF NOT EXISTS liaison_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX IF NOT EXISTS liaison_cache_expires ON liaison_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="pending_email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="e-mail that waits for confirmation"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("username"),
                name="user_name_once",
                violation_error_message="This user name is taken.",
            ),
        ),
        migrations.CreateModel(
            name="UsedCode",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("step", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(CACHE, "DROP TABLE IF EXISTS liaison_cache"),
    ]
