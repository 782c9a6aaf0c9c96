"""When a save offers its way back by itself: where something that stood there was replaced or emptied."""

from django.urls import reverse
from django.utils.translation import gettext as _

from scoring.models import Answer


def undo_offer(before: Answer, saved: Answer) -> dict[str, str] | None:
    """The toast after a save; None where only empty fields were filled in, which happens at every line."""
    replaced = [name for name, value in before.values.items() if saved.values.get(name) != value]
    if not replaced and before.explanation in ("", saved.explanation):
        return None
    text = _("Line {code}: what stood there was replaced.").format(code=saved.criterion.code)
    return {"text": text, "undo_url": reverse("answer_undo", args=[saved.pk, saved.version])}
