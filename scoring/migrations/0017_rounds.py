import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0015_read_as"),
    ]

    operations = [
        migrations.AddField(
            model_name="cycle",
            name="explanation_words",
            field=models.PositiveSmallIntegerField(default=500, verbose_name="words of an explanation, at most"),
        ),
        migrations.AddField(
            model_name="evidence",
            name="explanation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="scoring.explanation",
                verbose_name="sent with",
            ),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("explanation_words__gte", 50), ("explanation_words__lte", 2000)),
                name="cycle_explanation_words",
            ),
        ),
    ]
