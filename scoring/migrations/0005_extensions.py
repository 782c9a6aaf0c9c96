import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_api_token"),
        ("scoring", "0004_signing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked for"),
                            ("granted", "granted"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("reason", models.TextField(verbose_name="reason")),
                ("asked_until", models.DateTimeField(verbose_name="asked for, until")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("until", models.DateTimeField(null=True, verbose_name="granted until")),
                ("decision_reason", models.TextField(blank=True, verbose_name="reason of the decision")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("withdrawal_reason", models.TextField(blank=True, verbose_name="why it was withdrawn")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn")),
            ],
            options={
                "verbose_name": "extension",
                "verbose_name_plural": "extensions",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="assessment",
            name="extended_until",
            field=models.DateTimeField(editable=False, null=True, verbose_name="more time until"),
        ),
        migrations.AddField(
            model_name="assessment",
            name="late_minutes",
            field=models.PositiveIntegerField(null=True, verbose_name="minutes late"),
        ),
        migrations.AddField(
            model_name="assessment",
            name="on_time_by_extension",
            field=models.BooleanField(default=False, verbose_name="on time within the extension"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("late_minutes__isnull", True),
                    models.Q(
                        ("late_minutes__gte", 1),
                        ("late_minutes__isnull", False),
                        ("on_time", False),
                        ("on_time__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="late_by_minutes",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on_time_by_extension", False),
                    models.Q(("on_time", True), ("on_time__isnull", False)),
                    _connector="OR",
                ),
                name="extension_makes_on_time",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="scoring.assessment"
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")), fields=("assessment",), name="one_extension_asked_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "granted", "refused", "withdrawn"])), name="extension_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="extension_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "granted"), _negated=True),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("until__isnull", False)),
                    _connector="OR",
                ),
                name="extension_granted_until_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False),
                        ("until__isnull", True),
                        models.Q(("decision_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="extension_refused_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="extension_withdrawn_by_someone",
            ),
        ),
    ]
