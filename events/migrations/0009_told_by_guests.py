from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0008_withdrawn_applications"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("diet", ""), ("guest_phone", ""), ("plate", ""), _negated=True),
                fields=["occasion"],
                name="invitation_told",
            ),
        ),
    ]
