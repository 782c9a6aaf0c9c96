import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def last_explanations(apps, schema_editor):
    """Until now there was one explanation of a line at most; the line points at it."""
    answers = apps.get_model("scoring", "Answer").objects
    for pk, answer in apps.get_model("scoring", "Explanation").objects.values_list("pk", "answer"):
        answers.filter(pk=answer).update(contest=pk)


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0016_twins"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="explanation",
            name="answer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="explanations", to="scoring.answer"
            ),
        ),
        migrations.CreateModel(
            name="CriterionReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reviewed_at", models.DateTimeField(verbose_name="reviewed")),
            ],
            options={
                "verbose_name": "review of a criterion",
                "verbose_name_plural": "reviews of criteria",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ExplanationRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="round")),
                ("opens_at", models.DateTimeField(verbose_name="opened")),
                ("closes_at", models.DateTimeField(verbose_name="explanation until")),
                ("word_limit", models.PositiveSmallIntegerField(verbose_name="words of an explanation, at most")),
            ],
            options={
                "verbose_name": "round of explanation",
                "verbose_name_plural": "rounds of explanation",
                "ordering": ["cycle", "number"],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="why it was referred")),
                ("referred_at", models.DateTimeField(verbose_name="referred")),
                ("number", models.CharField(blank=True, max_length=100, verbose_name="number of the minutes")),
                ("decided_on", models.DateField(null=True, verbose_name="decided on")),
                ("present", models.TextField(blank=True, verbose_name="those present")),
            ],
            options={
                "verbose_name": "referral to the appraisal council",
                "verbose_name_plural": "referrals to the appraisal council",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.TextField(verbose_name="note")),
                ("version", models.PositiveIntegerField(editable=False)),
                ("reopened_at", models.DateTimeField(verbose_name="reopened")),
            ],
            options={
                "verbose_name": "reopened line",
                "verbose_name_plural": "reopened lines",
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="explanation",
            name="explanation_state",
        ),
        migrations.AddField(
            model_name="answer",
            name="contest",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="scoring.explanation",
                verbose_name="the unit's last explanation",
            ),
        ),
        migrations.AddField(
            model_name="cycle",
            name="explanation_round",
            field=models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="round of explanation"),
        ),
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
        migrations.AddField(
            model_name="explanation",
            name="round",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="round"),
        ),
        migrations.AlterField(
            model_name="explanation",
            name="state",
            field=models.CharField(
                choices=[
                    ("filed", "filed"),
                    ("referred", "before the appraisal council"),
                    ("upheld", "upheld"),
                    ("partly_upheld", "partly upheld"),
                    ("rejected", "rejected"),
                ],
                default="filed",
                max_length=16,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("explanation_words__gte", 50), ("explanation_words__lte", 2000)),
                name="cycle_explanation_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["filed", "referred", "upheld", "partly_upheld", "rejected"])),
                name="explanation_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.UniqueConstraint(fields=("answer", "round"), name="one_explanation_a_round"),
        ),
        migrations.AddField(
            model_name="criterionreview",
            name="criterion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="scoring.criterion"
            ),
        ),
        migrations.AddField(
            model_name="criterionreview",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="scoring.cycle"
            ),
        ),
        migrations.AddField(
            model_name="criterionreview",
            name="reviewed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="explanationround",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="scoring.cycle"
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="explanation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="referral", to="scoring.explanation"
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="referred_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reopening",
            name="answer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reopenings", to="scoring.answer"
            ),
        ),
        migrations.AddField(
            model_name="reopening",
            name="reopened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="reopening",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="scoring.reopening",
                verbose_name="the lead's last note",
            ),
        ),
        migrations.AddConstraint(
            model_name="explanationround",
            constraint=models.UniqueConstraint(fields=("cycle", "number"), name="explanation_round_once"),
        ),
        migrations.AddConstraint(
            model_name="explanationround",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="explanation_round_dates_rise"
            ),
        ),
        migrations.AddConstraint(
            model_name="explanationround",
            constraint=models.CheckConstraint(
                condition=models.Q(("word_limit__gte", 50), ("word_limit__lte", 2000)), name="explanation_round_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="referral_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_on__isnull", True), ("number", ""), ("present", "")),
                    models.Q(
                        models.Q(("number", ""), _negated=True),
                        ("decided_on__isnull", False),
                        models.Q(("present", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="referral_minutes_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True), name="reopening_has_note"
            ),
        ),
        migrations.RunPython(last_explanations, migrations.RunPython.noop),
    ]
