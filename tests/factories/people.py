"""Units and people."""

from datetime import date

from accounts.enums import ProofMethod, Role, UnitKind
from accounts.models import RoleMembership, Unit, UnitGroup, User
from accounts.proof import Proof
from core import clock

PASSWORD = "a-long-test-password"


def make_group(code: str = "commune", name: str = "Xã, phường", position: int = 0) -> UnitGroup:
    return UnitGroup.objects.get_or_create(
        code=code, defaults={"name": name, "name_en": code.title(), "position": position}
    )[0]


def make_unit(code: str, name: str, *, group: UnitGroup | None = None, kind: str = UnitKind.COMMUNE) -> Unit:
    short_name = name.removeprefix("Xã ").removeprefix("Phường ")
    return Unit.objects.create(code=code, name=name, short_name=short_name, name_en=name, kind=kind, group=group)


def make_user(username: str, *roles: tuple[Role, Unit], full_name: str = "") -> User:
    """A person with roles from 2020 on, signed in with `client.force_login(user)` or PASSWORD."""
    user = User(username=username, full_name=full_name or f"Người {username}")
    user.set_password(PASSWORD)
    user.save()
    for role, unit in roles:
        RoleMembership.objects.create(user=user, role=role, unit=unit, from_on=date(2020, 1, 1))
    return user


def proof_of(user: User) -> Proof:
    """As if the person had just typed the password again."""
    return Proof(user.pk, ProofMethod.PASSWORD, clock.now())
