"""Deliveries that are there already learn whose they are and since when they wait."""

from django.db import migrations

FILL = """
UPDATE notifications_delivery AS d SET recipient_id = n.recipient_id, created_at = n.created_at, due_at = n.created_at
FROM notifications_notification AS n WHERE n.id = d.notification_id AND d.recipient_id IS NULL AND d.robot_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0003_ways"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
