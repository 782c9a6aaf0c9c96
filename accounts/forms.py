"""What an administrator types: filters, new accounts, roles with their days, a handover."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Certainty, Role, TokenScope, UnitKind
from accounts.models import Unit, UnitGroup, User
from accounts.selectors import SignIn
from accounts.services import NewAccount
from accounts.services.accounts import username_faults
from accounts.trail import act_choices, kinds
from core.collation import sort_key
from core.forms import DayField, NameField

MAX_PAGE = 10_000


def _offered(title: str, choices: list) -> list:
    """Choices of a filter whose empty one names the value: "Role: all"."""
    return [("", title), *((value, capfirst(label)) for value, label in choices)]


class SearchFilter(forms.Form):
    """The search of a list, and its page."""

    q = NameField(
        label=gettext_lazy("Search"), limit=100, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )

    def active(self) -> dict[str, str]:
        """The filters in use: name → what the reader sees."""
        said = {}
        for name, value in self.cleaned_data.items():
            if value:
                choices = dict(getattr(self.fields[name], "choices", ()))
                text = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(choices.get(str(value), f"“{value}”"))
                said[name] = (
                    text if name in ("q", "action", "kind") or choices else f"{self.fields[name].label}: {text}"
                )
        return said


class PeopleFilter(SearchFilter):
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Account"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Name or account")
        self.fields["role"].choices = _offered(_("Role: all"), Role.choices)
        units = [(unit.code, unit.short_label) for unit in Unit.objects.all()]
        self.fields["unit"].choices = [("", _("Unit: all")), *units]
        self.fields["state"].choices = _offered(_("Account: all"), SignIn.choices)


class UnitFilter(SearchFilter):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Group"), required=False)
    certainty = forms.ChoiceField(label=gettext_lazy("Certainty"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Name or code")
        self.fields["kind"].choices = _offered(_("Kind: all"), UnitKind.choices)
        groups = [(group.code, group.label) for group in UnitGroup.objects.all()]
        self.fields["group"].choices = [("", _("Group: all")), *groups, ("-", _("Not ranked"))]
        self.fields["certainty"].choices = _offered(_("Certainty: all"), Certainty.choices)


class TrailFilter(SearchFilter):
    """Who, what, on which thing, between which days (both included)."""

    action = forms.ChoiceField(label=gettext_lazy("Act"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("On what"), required=False)
    number = forms.RegexField(r"^[0-9]{1,18}$", label=gettext_lazy("Its number"), required=False)
    since = DayField(label=gettext_lazy("From day"), required=False)
    until = DayField(label=gettext_lazy("Through day"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Who acted")
        for name, text in (("number", _("Its number")), ("since", _("From day")), ("until", _("Through day"))):
            self.fields[name].widget.attrs |= {"placeholder": text, "size": 10}
        named = sorted(((code, capfirst(word)) for code, word in act_choices()), key=lambda one: sort_key(one[1]))
        self.fields["action"].choices = [("", _("Act: all")), *named]
        things = sorted(((label, capfirst(word)) for label, word in kinds().items()), key=lambda one: sort_key(one[1]))
        self.fields["kind"].choices = [("", _("On what: all")), *things]


class UnitChoice(forms.ModelChoiceField):
    """An active unit, by its code so that a reader of the address or the form understands it."""

    def __init__(self, **kwargs):
        super().__init__(Unit.objects.filter(is_active=True), to_field_name="code", empty_label="", **kwargs)

    def label_from_instance(self, unit: Unit) -> str:
        return unit.label


def _roles() -> list:
    return [("", ""), *((value, capfirst(label)) for value, label in Role.choices)]


class PersonForm(forms.Form):
    """Who somebody is and how to reach the person."""

    full_name = NameField(label=gettext_lazy("Full name"), limit=120)
    position = NameField(label=gettext_lazy("Position"), limit=120, required=False)
    email = NameField(label=gettext_lazy("E-mail"), limit=254, required=False)
    phone = NameField(label=gettext_lazy("Telephone"), limit=20, required=False)

    def person(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("full_name", "position", "email", "phone")}


class NewAccountForm(PersonForm):
    username = NameField(
        label=gettext_lazy("Account name"),
        limit=60,
        help_text=gettext_lazy(
            "Small letters without marks, digits, dots: canbo.ngocchien. It cannot be changed later."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=_roles)
    unit = UnitChoice(label=gettext_lazy("Unit"))

    field_order = ["full_name", "username", "position", "role", "unit", "email", "phone"]

    def clean_username(self) -> str:
        for _field, sentence in username_faults(self.cleaned_data["username"]):
            raise ValidationError(sentence)
        return self.cleaned_data["username"]

    def account(self) -> NewAccount:
        chosen = {name: self.cleaned_data[name] for name in ("username", "role", "unit")}
        return NewAccount(**chosen, **self.person())


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=_roles)
    unit = UnitChoice(label=gettext_lazy("Unit"))
    from_on = DayField(label=gettext_lazy("From"))
    to_on = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: until it is ended.")
    )


class EndRoleForm(forms.Form):
    last_on = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("The role holds through this day; yesterday's date ends it at once."),
    )


class HandOverForm(forms.Form):
    """To somebody who has an account, or to somebody who gets one now."""

    EXISTING, NEW = "existing", "new"

    first_on = DayField(label=gettext_lazy("First day of the successor"))
    way = forms.ChoiceField(
        label=gettext_lazy("Successor"),
        choices=[(EXISTING, gettext_lazy("has an account")), (NEW, gettext_lazy("gets a new account"))],
        widget=forms.RadioSelect,
    )
    to = NameField(
        label=gettext_lazy("Account of the successor"),
        limit=60,
        required=False,
        help_text=gettext_lazy("Type a part of the name and choose from the list."),
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off", "autocapitalize": "none"}),
    )
    full_name = NameField(label=gettext_lazy("Full name"), limit=120, required=False)
    username = NameField(
        label=gettext_lazy("Account name"),
        limit=60,
        required=False,
        help_text=gettext_lazy(
            "Small letters without marks, digits, dots: canbo.ngocchien. It cannot be changed later."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    position = NameField(label=gettext_lazy("Position"), limit=120, required=False)
    email = NameField(label=gettext_lazy("E-mail"), limit=254, required=False)
    phone = NameField(label=gettext_lazy("Telephone"), limit=20, required=False)

    def clean(self):
        given = super().clean()
        wanted = {self.EXISTING: ["to"], self.NEW: ["full_name", "username"]}.get(given.get("way"), [])
        for name in wanted:
            if not given.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        if given.get("way") == self.EXISTING and given.get("to"):
            given["to_user"] = User.objects.filter(username=given["to"].lower()).first()
            if given["to_user"] is None:
                self.add_error("to", _("There is no account “{name}”.").format(name=given["to"][:60]))
        return given


class TokenForm(forms.Form):
    """What a program may do in the person's name, and how long."""

    name = NameField(
        label=gettext_lazy("What the token is for"),
        limit=80,
        help_text=gettext_lazy("For example: the document system of the commune."),
    )
    scope = forms.ChoiceField(label=gettext_lazy("What the program may do"))
    unit = UnitChoice(
        label=gettext_lazy("Only for this unit"),
        required=False,
        help_text=gettext_lazy("Empty: every role of the person, for every unit."),
    )
    last_on = DayField(label=gettext_lazy("Last day"), help_text=gettext_lazy("At most a year from today."))

    def __init__(self, *args, owner: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = [(value, capfirst(label)) for value, label in TokenScope.choices]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=owner.own_units)


class SheetUpload(forms.Form):
    sheet = forms.FileField(
        label=gettext_lazy("Filled-in template (.xlsx)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
        max_length=None,
    )


class ConfirmForm(forms.Form):
    """The digest of the file that was checked: the file itself stays on the server."""

    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def clean(self):
        if self.errors:
            raise ValidationError(_("Check the file again."))
        return super().clean()
