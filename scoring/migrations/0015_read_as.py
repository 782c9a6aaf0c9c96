from django.db import migrations

import core.fields


class Migration(migrations.Migration):
    dependencies = [("scoring", "0014_assignment")]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="read_as",
            field=core.fields.JSONField(null=True, verbose_name="what was read when the line was decided"),
        ),
    ]
