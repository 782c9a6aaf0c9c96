"""Invented people for the demo: an officer and a head in every ranked unit, the committee, the councils."""

from random import Random

from django.contrib.auth.hashers import make_password

from accounts.enums import Role
from accounts.models import Unit, User
from accounts.services import NewAccount, create_accounts, create_first_administrator
from core.collation import fold

DEMO_PASSWORD = "sonla-thidua-2026"

# (account, name, position, role, unit): the accounts the demo prints, one for each kind of work.
OFFICE = [
    ("thuky.chamdiem", "Cầm Thị Hồng", "Chuyên viên, thư ký chấm điểm", Role.SCORING_SECRETARY, "SKHCN"),
    # Beside the agency's own appraiser below: lines can be divided and marked twice.
    ("thamdinh2.skhcn", "Quàng Thị Hiền", "Thẩm định viên", Role.APPRAISER, "SKHCN"),
    ("totruong.skhcn", "Hoàng Văn Quyết", "Phó Giám đốc Sở, tổ trưởng thẩm định", Role.APPRAISAL_LEAD, "SKHCN"),
    ("totruong.snv", "Đinh Thị Mai", "Trưởng phòng, tổ trưởng thẩm định", Role.APPRAISAL_LEAD, "SNV"),
    ("thuky.thidua", "Bùi Thị Ngân", "Thư ký Hội đồng Thi đua - Khen thưởng", Role.EMULATION_SECRETARY, "SNV"),
    ("lanhdao.tinh", "Lê Quang Hòa", "Chủ tịch Ủy ban nhân dân tỉnh", Role.SIGNING_LEADER, "VPUBND"),
    ("kiemtra", "Vì Văn Thắng", "Thanh tra viên", Role.AUDITOR, "TTT"),
]
COUNCIL = ["VPUBND", "SNV", "SKHCN", "STC", "STP", "TTT", "SGDDT", "SYT", "SXD"]

_FAMILY = [
    "Lò",
    "Quàng",
    "Cầm",
    "Tòng",
    "Cà",
    "Hoàng",
    "Nguyễn",
    "Trần",
    "Lường",
    "Vàng",
    "Giàng",
    "Hà",
    "Bùi",
    "Đinh",
    "Vì",
    "Mùa",
    "Thào",
    "Sồng",
    "Lê",
    "Phạm",
]
_MIDDLE = {"f": ["Thị", "Thu", "Thị Minh", "Ngọc"], "m": ["Văn", "Đức", "Minh", "Quang", "A"]}
_GIVEN = {
    "f": ["Hương", "Liên", "Minh", "Hoa", "Thu", "Mai", "Lan", "Hà", "Ngân", "Thảo", "Xuân", "Dung", "Phương", "Yến"],
    "m": [
        "Toản",
        "Hải",
        "Dương",
        "Chứ",
        "Sử",
        "Thắng",
        "Bình",
        "Sơn",
        "Quyết",
        "Tuấn",
        "Khánh",
        "Dũng",
        "Long",
        "Phong",
    ],
}


def invented_name(rng: Random) -> str:
    sex = rng.choice("fm")
    family, middle = rng.choice(_FAMILY), rng.choice(_MIDDLE[sex])
    given = rng.choice([name for name in _GIVEN[sex] if name not in middle.split()])
    return f"{family} {middle} {given}"


def slug(unit: Unit) -> str:
    """`ngocchien` for Xã Ngọc Chiến, `skhcn` for an agency."""
    return fold(unit.short_name).replace(" ", "") if unit.code.isdigit() else unit.code.lower()


def make_people(units: list[Unit], *, agencies: set[str], seed: int) -> dict[str, User]:
    """Every account of the demo, by account name. All share one published password: the data are invented."""
    by_code = {unit.code: unit for unit in Unit.objects.all()}
    administrator = create_first_administrator(
        username="quantri", full_name="Phạm Đức Long", password=DEMO_PASSWORD, unit=by_code["VPUBND"]
    )
    accounts = [NewAccount(name, full, role, by_code[unit], position) for name, full, position, role, unit in OFFICE]
    accounts += (
        _of_units(units, Random(seed)) + _appraisers(agencies, Random(seed + 1)) + _council(by_code, Random(seed + 2))
    )
    create_accounts(accounts=accounts, actor=administrator)
    # As if each person had already chosen an own password; a hash apiece would take the better part of a minute.
    User.objects.update(password=make_password(DEMO_PASSWORD), must_change_password=False, temporary_until=None)
    return {user.username: user for user in User.objects.all()}


def _of_units(units: list[Unit], rng: Random) -> list[NewAccount]:
    accounts, direct = [], Random(f"{units[0].code} telephones of heads")
    for unit in units:
        head = "Chủ tịch Ủy ban nhân dân" if unit.code.isdigit() else "Thủ trưởng cơ quan"
        named = "Lò Thị Hương" if slug(unit) == "ngocchien" else invented_name(rng)
        phone = f"0212 3{rng.randrange(100000, 999999)}"
        accounts += [
            NewAccount(f"canbo.{slug(unit)}", named, Role.UNIT_OFFICER, unit, "Cán bộ đầu mối", phone=phone),
            NewAccount(
                f"lanhdao.{slug(unit)}",
                invented_name(rng),
                Role.UNIT_HEAD,
                unit,
                head,
                phone=f"0212 3{direct.randrange(100000, 999999)}",
            ),
        ]
    return accounts


def _appraisers(agencies: set[str], rng: Random) -> list[NewAccount]:
    return [
        NewAccount(f"thamdinh.{agency.code.lower()}", invented_name(rng), Role.APPRAISER, agency, "Thẩm định viên")
        for agency in Unit.objects.filter(name__in=agencies).order_by("code")
    ]


def _council(by_code: dict[str, Unit], rng: Random) -> list[NewAccount]:
    return [
        NewAccount(
            f"hoidong.{code.lower()}", invented_name(rng), Role.COUNCIL_MEMBER, by_code[code], "Ủy viên Hội đồng"
        )
        for code in COUNCIL
    ]
