"""What stands still is looked for every minute."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issues", "0004_words")]

    operations = [
        migrations.AddIndex(
            model_name="issue",
            index=models.Index(
                condition=models.Q(("suspended_until__isnull", False)), fields=["suspended_until"], name="issue_suspended"
            ),
        ),
    ]
