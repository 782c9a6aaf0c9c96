"""How allauth behaves here: no sign-up, temporary passwords run out, a new own password ends the duty to choose one."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.audit.services import record
from core.throttle import address_of


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        """The limits on signing in count by the same address as all others."""
        return address_of(request)

    def authenticate(self, request, **credentials):
        """As allauth; a temporary password that has run out is a wrong password (same answer, same work)."""
        user = super().authenticate(request, **credentials)
        if user and user.must_change_password and user.temporary_until and user.temporary_until <= clock.now():
            return None
        return user

    def respond_user_inactive(self, request, user):
        """Only whoever knows the password is told that the account is closed."""
        return render(request, "account/account_inactive.html", status=403)

    def clean_password(self, password, user=None):
        """The rules of the settings; the temporary password itself is no own password."""
        password = super().clean_password(password, user)
        if user and user.must_change_password and user.check_password(password):
            raise ValidationError(_("Choose another password than the temporary one."))
        return password

    def get_password_change_redirect_url(self, request):
        """To work, not back to the form that was just filled in."""
        return reverse("home")

    def set_password(self, user, password):
        with transaction.atomic():
            user.must_change_password, user.temporary_until = False, None
            super().set_password(user, password)
            record(actor=user, action="user.choose_password", obj=user)
