"""A few people without a year round them."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from accounts.enums import Role, UnitKind
from core import clock
from tests.factories.people import make_group, make_unit, make_user

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


@pytest.fixture
def now():
    """The clock stands at noon of 23/11/2026 in Sơn La."""
    with clock.set_to(NOON):
        yield NOON


@pytest.fixture
def office(db, now) -> SimpleNamespace:
    group = make_group()
    commune = make_unit("03856", "Xã Bắc Yên", group=group)
    other = make_unit("03862", "Xã Xím Vàng", group=group)
    agency = make_unit("VPUBND", "Văn phòng Ủy ban nhân dân tỉnh", kind=UnitKind.DEPARTMENT)
    return SimpleNamespace(
        commune=commune,
        other=other,
        agency=agency,
        administrator=make_user("quantri", (Role.ADMINISTRATOR, agency), full_name="Phạm Đức Long"),
        auditor=make_user("kiemtra", (Role.AUDITOR, agency), full_name="Vì Văn Thắng"),
        clerk=make_user("canbo", (Role.UNIT_OFFICER, commune), full_name="Lò Thị Hương"),
        next_clerk=make_user("canbo2", full_name="Đinh Văn Đức"),
    )
