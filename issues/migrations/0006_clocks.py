"""Clocks stand in a room of their own; an issue keeps copies of what its lists need, an order the unit of its limit."""

from django.db import migrations, models


def mark_arrears(apps, _schema_editor):
    apps.get_model("issues", "Category").objects.filter(code="02", name="拖欠账款").update(is_arrears=True)


class Migration(migrations.Migration):
    dependencies = [("issues", "0005_suspended_index")]
    operations = [
        migrations.RemoveConstraint("order", "order_limit_positive"),
        migrations.RenameField("order", "limit_days", "limit_amount"),
        migrations.AlterField("order", "limit_amount", models.PositiveSmallIntegerField(verbose_name="limit")),
        migrations.AddField("order", "limit_unit", models.CharField(default="wd", max_length=2)),
        migrations.AddConstraint(
            "order", models.CheckConstraint(condition=models.Q(("limit_amount__gte", 1)), name="order_limit_positive")
        ),
        migrations.AddField("issue", "warn_at", models.DateTimeField(null=True)),
        migrations.AddField("issue", "contacted_at", models.DateTimeField(null=True, verbose_name="first contact")),
        migrations.AddField(
            "category",
            "is_arrears",
            models.BooleanField(
                default=False,
                help_text="The limits of the law on payments to small and medium-sized firms run beside the answer's.",
                verbose_name="overdue payments",
            ),
        ),
        migrations.RunPython(mark_arrears, migrations.RunPython.noop),
    ]
