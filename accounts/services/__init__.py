"""Accounts and roles: every change of who may do what."""

from accounts.services.accounts import NewAccount
from accounts.services.passwords import TEMPORARY, temporary_password
from accounts.services.people import (
    add_first_administrator,
    change_person,
    create_accounts,
    create_first_administrator,
    password_stamp,
    reset_password,
    set_active,
)
from accounts.services.roles import (
    end_role,
    grant_role,
    hand_over,
    hand_over_to_new_account,
    withdraw_role,
)
from accounts.services.tokens import create_token, revoke_token, token_of

__all__ = [
    "TEMPORARY",
    "NewAccount",
    "add_first_administrator",
    "change_person",
    "create_accounts",
    "create_first_administrator",
    "create_token",
    "end_role",
    "grant_role",
    "hand_over",
    "hand_over_to_new_account",
    "password_stamp",
    "reset_password",
    "revoke_token",
    "set_active",
    "temporary_password",
    "token_of",
    "withdraw_role",
]
