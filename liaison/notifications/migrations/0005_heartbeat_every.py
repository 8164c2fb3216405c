"""Each sweep beats under the name of its entry in the schedule; the one old name would be missed for ever."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0004_whose_deliveries"),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM notifications_heartbeat WHERE name = 'sweep'", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="heartbeat",
            name="every",
            field=models.PositiveIntegerField(default=30),
        ),
    ]
