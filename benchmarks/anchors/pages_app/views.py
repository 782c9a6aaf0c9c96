"""The two pages."""

import random

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Avg, Count
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from benchmarks.anchors.pages_app.models import Answer, Audit, Criterion, Notice, Submission, Unit


@login_required
def listing(request):
    """Session and user are two queries, eight more stand here."""
    mine = Notice.objects.filter(user_id=request.user.id)
    context = {
        "blocks": list(Unit.objects.values("block").annotate(count=Count("id")).order_by("block")),
        "unread": mine.filter(read=False).count(),
        "notices": list(mine[:5]),
        "total": Submission.objects.count(),
        "mean": Submission.objects.aggregate(mean=Avg("total"))["mean"],
        "me": Unit.objects.filter(pk=1).first(),
        "submissions": list(Submission.objects.select_related("unit").order_by("-total", "id")[:100]),
        "criteria": list(Criterion.objects.order_by("id")[:10]),
    }
    return render(request, "list.html", context)


class SaveForm(forms.ModelForm):
    class Meta:
        model = Submission
        fields = ["a1", "a2", "a3", "a4", "note"]


@login_required
def save(request):
    """One submission, its ten answers and an audit row in one transaction."""
    with transaction.atomic():
        submission = Submission.objects.select_for_update().get(pk=random.randint(1, 4000))
        form = SaveForm(request.POST, instance=submission)
        if not form.is_valid():
            return JsonResponse(form.errors, status=400)
        form.save()
        Answer.objects.bulk_create(
            [Answer(submission=submission, criterion_id=i, value=random.random()) for i in range(1, 11)],
            update_conflicts=True,
            unique_fields=["submission", "criterion"],
            update_fields=["value"],
        )
        Audit.objects.create(user=request.user, submission=submission, what="save")
    return HttpResponse(status=303, headers={"Location": "/list"})


urlpatterns = [path("list", listing), path("save", save)]
