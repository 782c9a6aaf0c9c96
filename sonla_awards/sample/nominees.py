"""Whom the units of the sample nominate, and in what words. Invented, but for the names of units."""

from dataclasses import dataclass

from accounts.models import Unit, User
from nominations.enums import AwardForm, Subject
from nominations.nominating.proposal import Proposal
from scoring.models import RankingRow
from sonla_awards.sample.cast import Cast

PLACES = {Subject.COLLECTIVE: 12, Subject.PERSON: 15}
# From the top of each published list: how many nominate themselves, and how many one of their people.
COLLECTIVES = {"commune": 8, "department": 4}
PERSONS = {"commune": 10, "department": 5}

_OF_COLLECTIVES = (
    "Dẫn đầu về dịch vụ công trực tuyến và số hóa hồ sơ; là nơi các đơn vị trong tỉnh đến học tập.",
    "Tổ công nghệ số cộng đồng hoạt động đều ở mọi bản; tỷ lệ người dân dùng dịch vụ công trực tuyến tăng rõ so với năm trước.",
    "Toàn bộ văn bản đi được ký số; cập nhật dữ liệu dùng chung đầy đủ, đúng hạn cả bốn quý.",
    "Hoàn thành sớm kế hoạch chuyển đổi số của năm; có sáng kiến đưa điểm hỗ trợ lưu động đến bản vùng cao.",
)
_OF_PERSONS = (
    "Trực tiếp hướng dẫn người dân nộp hồ sơ trực tuyến; xây dựng tài liệu hướng dẫn bằng hai thứ tiếng được các bản sử dụng.",
    "Chủ trì rà soát, làm sạch dữ liệu của đơn vị; không còn hồ sơ số hóa tồn đọng cuối năm.",
    "Nòng cốt của tổ công nghệ số; tổ chức các buổi tập huấn kỹ năng số cho cán bộ và người dân.",
)
_WOMEN = ("Thị", "Thu", "Ngọc")


@dataclass(frozen=True)
class Nominee:
    """One nomination to be made: from which published row, of whom, by whom."""

    row: RankingRow
    proposal: Proposal
    head: User


def nominees(cast: Cast, rows: dict[str, list[RankingRow]]) -> list[Nominee]:
    """Those that the council will approve, collectives first, from the published rows by group in their order."""
    made = []
    for group, count in COLLECTIVES.items():
        made += [_collective(cast, row, n) for n, row in enumerate(rows[group][:count])]
    for group, count in PERSONS.items():
        made += [_person(cast, row, n) for n, row in enumerate(rows[group][:count])]
    return made


def next_collective(cast: Cast, rows: list[RankingRow], group: str) -> Nominee:
    """The first of a group after those that will be approved."""
    return _collective(cast, rows[COLLECTIVES[group]], 0)


def last_collective(cast: Cast, rows: list[RankingRow]) -> Nominee:
    return _collective(cast, rows[-1], 1)


def _collective(cast: Cast, row: RankingRow, n: int) -> Nominee:
    part = "Trung tâm Phục vụ hành chính công" if n == 5 else ""
    words = _OF_COLLECTIVES[n % len(_OF_COLLECTIVES)]
    proposal = Proposal(form=AwardForm.BANG_KHEN, subject=Subject.COLLECTIVE, part=part, achievement=words)
    return Nominee(row, proposal, cast.heads[row.unit_id])


def _person(cast: Cast, row: RankingRow, n: int) -> Nominee:
    proposal = Proposal(
        form=AwardForm.BANG_KHEN,
        subject=Subject.PERSON,
        achievement=_OF_PERSONS[n % len(_OF_PERSONS)],
        person_name=_with_title(cast.officers[row.unit_id].full_name),
        person_position=_position(row.unit, n),
    )
    return Nominee(row, proposal, cast.heads[row.unit_id])


def _with_title(full_name: str) -> str:
    """As on a certificate: Ông or Bà before the name."""
    return f"{'Bà' if any(word in full_name.split() for word in _WOMEN) else 'Ông'} {full_name}"


def _position(unit: Unit, n: int) -> str:
    if unit.code.isdigit():
        return ("Công chức Văn hóa - Xã hội", "Chuyên viên Văn phòng HĐND và UBND")[n % 2]
    return ("Chuyên viên", "Phó Trưởng phòng")[n % 2]
