"""The awards that everybody may read."""

from django.db.models import QuerySet

from nominations.enums import CertificateState
from nominations.models import Certificate


def awards_in_force(*, year: int = 0, form: str = "") -> QuerySet[Certificate]:
    """Valid certificates, the newest year first, by number; 0 and "" ask for all years and forms."""
    found = Certificate.objects.filter(state=CertificateState.ISSUED).select_related("decision", "nomination__unit")
    if year:
        found = found.filter(year=year)
    if form:
        found = found.filter(form=form)
    return found.order_by("-year", "number")
