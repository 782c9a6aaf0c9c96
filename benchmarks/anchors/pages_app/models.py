"""Tables of the shape that such a product has."""
# ruff: noqa: DJ008 - nobody reads these rows

from django.conf import settings
from django.db import models


class Unit(models.Model):
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    block = models.IntegerField(db_index=True)


class Criterion(models.Model):
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=300)


class Submission(models.Model):
    unit = models.ForeignKey(Unit, models.CASCADE)
    year = models.IntegerField()
    total = models.DecimalField(max_digits=8, decimal_places=2, db_index=True)
    a1 = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    a2 = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    a3 = models.IntegerField(default=0)
    a4 = models.BooleanField(default=False)
    note = models.TextField(blank=True)


class Answer(models.Model):
    submission = models.ForeignKey(Submission, models.CASCADE)
    criterion = models.ForeignKey(Criterion, models.CASCADE)
    value = models.DecimalField(max_digits=14, decimal_places=4, default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "criterion"], name="one_answer")]


class Audit(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    submission = models.ForeignKey(Submission, models.CASCADE)
    what = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)


class Notice(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    read = models.BooleanField(default=False)
    text = models.CharField(max_length=200)
