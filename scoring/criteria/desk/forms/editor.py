"""What the two large forms share: several forms as one, and buttons (`do`) that change the form and save nothing."""

from django import forms
from django.utils.translation import gettext as _

from core.errors import Malformed
from core.forms import MEANING, status_of

SAVE, NEXT = "save", "next"  # the second goes on to a new criterion of the same group
SAVES = (SAVE, NEXT)
_ACTS = (*SAVES, "kind", "add", "drop", "preview")


def act_in(data) -> str:
    """The button that was pressed; Malformed where the page has none such. `add:options`, `drop:options-2` name a row."""
    act = data.get("do", SAVE)
    if act.partition(":")[0] not in _ACTS:
        raise Malformed(_("The page is incomplete. Load it again."))
    return act


def named_by(act: str, word: str) -> str:
    """What an act of that word names: the list to add to, the row to drop."""
    return act.removeprefix(f"{word}:") if act.startswith(f"{word}:") else ""


class Editor:
    """`form` is the one in which the refusals of the service are shown; `parts` are all, it among them."""

    form: forms.Form

    @property
    def parts(self) -> list[forms.Form]:
        raise NotImplementedError

    def is_valid(self) -> bool:
        return not [part for part in self.parts if not part.is_valid()]

    @property
    def errors(self) -> list[dict[str, str]]:
        """For the summary: each error with a link to its box."""
        return [
            {"message": f"{bound.label}: {error}", "url": f"#{bound.id_for_label}"}
            for part in self.parts
            for bound in part
            for error in bound.errors
        ]

    def status(self, act: str) -> int:
        """Of the page that shows it again after `act`."""
        if act not in SAVES or not self.form.is_bound:
            return 200
        return status_of(self.form) if self.form.errors else MEANING
