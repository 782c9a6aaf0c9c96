"""Say of forms that came late by how many begun minutes, reckoned from their first submission."""

from datetime import timedelta

from django.db import migrations


def reckon(apps, schema_editor):
    Submission = apps.get_model("scoring", "Submission")
    first = Submission.objects.filter(number=1, assessment__on_time=False, assessment__late_minutes=None)
    for submission in first.select_related("assessment__cycle").iterator():
        assessment = submission.assessment
        past = submission.submitted_at - assessment.cycle.filing_closes_at
        assessment.late_minutes = max(past // timedelta(minutes=1) + 1, 1)
        assessment.save(update_fields=["late_minutes"])


class Migration(migrations.Migration):
    dependencies = [("scoring", "0005_extensions")]

    operations = [migrations.RunPython(reckon, migrations.RunPython.noop)]
