"""The audit trail for those who look whether all went well."""

from datetime import datetime, time, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.forms import TrailFilter
from accounts.permissions import can_read_trail
from accounts.trail import entries, lines_of
from accounts.views.access import tabs
from core.audit.services import head
from core.forms import read_query
from core.paging import page_of, without


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time())) if day else None


@require_GET
@login_required
def audit_trail(request: HttpRequest) -> HttpResponse:
    can_read_trail(request.user).require()
    form = TrailFilter(request.GET)
    asked = read_query(form)
    since, last = asked.pop("since"), asked.pop("until")
    found = entries(**asked, since=_midnight(since), until=_midnight(last and last + timedelta(days=1)))
    page = page_of(found, request.GET.get("page"))
    number, digest = head()
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(page),
        "active": [{"label": said, "url": without(request.GET, name)} for name, said in form.active().items()],
        "head": number,
        "digest": digest,
        "tabs": tabs(request.user, "audit_trail"),
    }
    return render(request, "accounts/trail.html", context)
