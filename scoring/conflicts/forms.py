"""What is declared on screen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.forms import UnitChoice
from accounts.models import User
from core.forms import LongTextField
from scoring.conflicts.selectors import who_appraises
from scoring.conflicts.services import REASON_LIMIT
from scoring.enums import ConflictKind


class PersonChoice(forms.ModelChoiceField):
    """Somebody by account; the office of the people of one name tells them apart."""

    def __init__(self, **kwargs):
        super().__init__(User.objects.none(), to_field_name="username", **kwargs)

    def label_from_instance(self, user: User) -> str:
        return f"{user.full_name} ({user.username})"


class DeclareForm(forms.Form):
    """For the own person; a lead may choose another."""

    person = PersonChoice(label=_("Person concerned"), empty_label=_("I myself"), required=False)
    unit = UnitChoice(label=_("Unit"))
    kind = forms.ChoiceField(
        label=_("Relation"),
        choices=[("", ""), *(choice for choice in ConflictKind.choices if choice[0] != ConflictKind.SUPERIOR)],
    )
    reason = LongTextField(
        label=_("Reason"), help_text=_("Stands in the register and in the minutes."), limit=REASON_LIMIT
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        if user.has_role(Role.APPRAISAL_LEAD):
            self.fields["person"].queryset = who_appraises(user)
        else:
            del self.fields["person"]


class SuperiorForm(forms.Form):
    agency = UnitChoice(label=_("Superior body"))
    unit = UnitChoice(label=_("Unit below it"))
    reason = LongTextField(label=_("On what ground"), help_text=_("Such as the founding decision."), limit=REASON_LIMIT)


class WithdrawForm(forms.Form):
    reason = LongTextField(label=_("Why it is over"), limit=REASON_LIMIT)
