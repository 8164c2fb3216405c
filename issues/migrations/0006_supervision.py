"""Supervision orders get a life of their own; those that directives opened before ask what the directive says."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from liaison.workdays import due_after

DAYS = 3


def fill(apps, _schema_editor):
    """The leader opened it, the lead unit of today answers it, the usual days after the opening."""
    for order in apps.get_model("issues", "SupervisionOrder").objects.select_related("directive", "issue"):
        order.opened_by_id, order.text = order.directive.leader_id, order.directive.text
        order.unit_id, order.due_at = order.issue.lead_unit_id, due_after(order.opened_at, DAYS)
        order.save(update_fields=["opened_by", "text", "unit", "due_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_administrators_apart"),
        ("issues", "0005_suspended_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Summons",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("called", "To be held"), ("recorded", "Held and recorded")],
                        default="called",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("clock_id", models.BigIntegerField(null=True)),
                ("level", models.PositiveSmallIntegerField(null=True)),
                ("called_at", models.DateTimeField(verbose_name="called")),
                ("reason", models.TextField(max_length=2000, verbose_name="reason")),
                ("due_at", models.DateTimeField(verbose_name="to be held by")),
                ("held_on", models.DateField(null=True, verbose_name="held on")),
                ("attendants", models.CharField(blank=True, max_length=500, verbose_name="attendants")),
                ("said", models.TextField(blank=True, max_length=5000, verbose_name="what was said")),
                ("measures", models.TextField(blank=True, max_length=5000, verbose_name="measures agreed")),
                ("recorded_at", models.DateTimeField(null=True, verbose_name="recorded")),
            ],
            options={
                "verbose_name": "summons",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SupervisionAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=5000, verbose_name="answer")),
                ("at", models.DateTimeField(verbose_name="answered")),
                ("returned_note", models.CharField(blank=True, max_length=1000, verbose_name="why it was returned")),
                ("returned_at", models.DateTimeField(null=True, verbose_name="returned")),
            ],
            options={
                "verbose_name": "answer to a supervision order",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="answered_at",
            field=models.DateTimeField(null=True, verbose_name="answered"),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="answered by",
            ),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="clock_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="closed_at",
            field=models.DateTimeField(null=True, verbose_name="closed"),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="closed by",
            ),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="closing_note",
            field=models.CharField(blank=True, max_length=1000, verbose_name="closing note"),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="due_at",
            field=models.DateTimeField(null=True, verbose_name="answer due"),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="level",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="opened_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="opened by",
            ),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="stage",
            field=models.CharField(
                choices=[
                    ("open", "Waiting for the unit's answer"),
                    ("answered", "Answered, waiting for closing"),
                    ("returned", "Answer returned"),
                    ("closed", "Closed"),
                ],
                default="open",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="text",
            field=models.TextField(null=True, max_length=2000, verbose_name="what is asked"),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supervision_orders",
                to="accounts.unit",
                verbose_name="unit supervised",
            ),
        ),
        migrations.AlterField(
            model_name="supervisionorder",
            name="directive",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="supervision_order", to="issues.directive"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="supervisionorder", name="due_at", field=models.DateTimeField(verbose_name="answer due")
        ),
        migrations.AlterField(
            model_name="supervisionorder", name="text", field=models.TextField(max_length=2000, verbose_name="what is asked")
        ),
        migrations.AddIndex(
            model_name="supervisionorder",
            index=models.Index(
                condition=models.Q(("stage", "closed"), _negated=True), fields=["due_at", "id"], name="supervision_due"
            ),
        ),
        migrations.AddIndex(
            model_name="supervisionorder",
            index=models.Index(fields=["unit", "due_at", "id"], name="supervision_by_unit"),
        ),
        migrations.AddIndex(
            model_name="supervisionorder",
            index=models.Index(fields=["-opened_at", "-id"], name="supervision_newest"),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.UniqueConstraint(fields=("clock_id", "level"), name="supervision_order_once_per_rung"),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("clock_id", None), ("directive__isnull", False), ("level", None), ("opened_by__isnull", False)),
                    models.Q(("clock_id__isnull", False), ("directive", None), ("level__isnull", False), ("opened_by", None)),
                    models.Q(("clock_id", None), ("directive", None), ("level", None), ("opened_by__isnull", False)),
                    _connector="OR",
                ),
                name="supervision_order_one_origin",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="supervision_order_asks_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("opened_at"))), name="supervision_order_due_after_opening"
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit__isnull", False), ("directive__isnull", False), _connector="OR"),
                name="supervision_order_unit_unless_by_directive",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "answered"), _negated=True),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False), ("unit__isnull", False)),
                    _connector="OR",
                ),
                name="supervision_order_answered_has_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage__in", ["open", "returned"]), _negated=True),
                    models.Q(("answered_at", None), ("answered_by", None)),
                    _connector="OR",
                ),
                name="supervision_order_owed_has_no_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        ("stage", "closed"),
                        models.Q(("closing_note", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("stage", "closed"), _negated=True),
                        ("closed_at", None),
                        ("closed_by", None),
                        ("closing_note", ""),
                    ),
                    _connector="OR",
                ),
                name="supervision_order_closed_has_closer",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_by", models.F("answered_by")), _negated=True),
                name="supervision_order_closed_by_another",
            ),
        ),
        migrations.AddField(
            model_name="summons",
            name="called_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="called by",
            ),
        ),
        migrations.AddField(
            model_name="summons",
            name="issue",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="summonses", to="issues.issue"),
        ),
        migrations.AddField(
            model_name="summons",
            name="recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            model_name="summons",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="summonses", to="accounts.unit", verbose_name="unit"
            ),
        ),
        migrations.AddField(
            model_name="supervisionanswer",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="answered by",
            ),
        ),
        migrations.AddField(
            model_name="supervisionanswer",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="issues.supervisionorder"
            ),
        ),
        migrations.AddField(
            model_name="supervisionanswer",
            name="returned_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="returned by",
            ),
        ),
        migrations.AddIndex(
            model_name="summons",
            index=models.Index(condition=models.Q(("stage", "called")), fields=["due_at", "id"], name="summons_due"),
        ),
        migrations.AddIndex(
            model_name="summons",
            index=models.Index(fields=["-called_at", "-id"], name="summons_newest"),
        ),
        migrations.AddConstraint(
            model_name="summons",
            constraint=models.UniqueConstraint(fields=("clock_id", "level"), name="summons_once_per_rung"),
        ),
        migrations.AddConstraint(
            model_name="summons",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("called_by", None), ("clock_id__isnull", False), ("level__isnull", False)),
                    models.Q(("called_by__isnull", False), ("clock_id", None), ("level", None)),
                    _connector="OR",
                ),
                name="summons_one_origin",
            ),
        ),
        migrations.AddConstraint(
            model_name="summons",
            constraint=models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="summons_has_reason"),
        ),
        migrations.AddConstraint(
            model_name="summons",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("held_on__isnull", False),
                        ("recorded_at__isnull", False),
                        ("recorded_by__isnull", False),
                        ("stage", "recorded"),
                        models.Q(("attendants", ""), _negated=True),
                        models.Q(("said", ""), _negated=True),
                        models.Q(("measures", ""), _negated=True),
                    ),
                    models.Q(
                        ("attendants", ""),
                        ("held_on", None),
                        ("measures", ""),
                        ("recorded_at", None),
                        ("recorded_by", None),
                        ("said", ""),
                        ("stage", "called"),
                    ),
                    _connector="OR",
                ),
                name="summons_recorded_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("returned_at", None)), fields=("order",), name="supervision_answer_one_that_counts"
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_at", None), ("returned_by", None), ("returned_note", "")),
                    models.Q(
                        ("returned_at__isnull", False),
                        ("returned_by__isnull", False),
                        models.Q(("returned_note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="supervision_answer_returned_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="supervision_answer_has_text"
            ),
        ),
    ]
