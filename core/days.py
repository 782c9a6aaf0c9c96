"""Days as people here type them: 31/12/2026; the ISO form is read too."""

import re
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Invalid

SHAPE = gettext_lazy("day/month/year")
# Digits are spelt out: `\d`, and strptime with it, would also take ١٢ and １２.
_FORMS = (
    re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})"),
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"),
)


def parse_day(text: str) -> date:
    """A day of 2000-2100; Invalid with the way to write it."""
    found = next((match for form in _FORMS if (match := form.fullmatch(text.strip()))), None)
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2100:
        raise Invalid(_("The date is not valid. Write it as day/month/year, such as 31/12/2026."))
    return day


def end_of(day: date) -> datetime:
    """The exclusive end of a day: the next midnight in Sơn La, as the dates of a cycle are kept."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def last_day(end: datetime) -> date:
    """The day that a moment kept as an exclusive end closes: what people read and type."""
    return timezone.localdate(end - timedelta(seconds=1))
