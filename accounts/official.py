"""How a unit stands on official papers (Nghị định 30/2020/NĐ-CP; for Party bodies Hướng dẫn 36-HD/VPTW): Vietnamese by nature."""

from dataclasses import dataclass

from accounts.enums import UnitKind
from accounts.models import Unit

PROVINCE = "Sơn La"
_COMMUNES = (UnitKind.COMMUNE, UnitKind.WARD)
# Who heads a provincial agency, by the first words of its name.
_HEADS = {
    "Sở": "GIÁM ĐỐC",
    "Văn phòng": "CHÁNH VĂN PHÒNG",
    "Thanh tra": "CHÁNH THANH TRA",
    "Ban": "TRƯỞNG BAN",
    "Ủy ban Kiểm tra": "CHỦ NHIỆM",
    "Đảng ủy": "BÍ THƯ",
    "Công an": "GIÁM ĐỐC",
    "Kho bạc": "GIÁM ĐỐC",
    "Bảo hiểm": "GIÁM ĐỐC",
    "Tòa án": "CHÁNH ÁN",
    "Viện kiểm sát": "VIỆN TRƯỞNG",
}


@dataclass(frozen=True)
class Letterhead:
    """What stands at the head and foot of a unit's paper. `symbol` ends the number of a report."""

    superior_lines: tuple[str, ...]
    office_lines: tuple[str, ...]
    symbol: str
    place: str
    is_party: bool = False


def formal_name(unit: Unit) -> str:
    """As on official papers: a commune acts as its people's committee."""
    return formally(unit.kind, unit.name)


def formally(kind: str, name: str) -> str:
    """The same for a unit as a frozen record names it."""
    return f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}" if kind in _COMMUNES else name


def letterhead(unit: Unit) -> Letterhead:
    if unit.kind in _COMMUNES:
        return Letterhead((), ("ỦY BAN NHÂN DÂN", unit.name.upper()), "BC-UBND", unit.short_name)
    if unit.kind == UnitKind.DEPARTMENT:
        superior = ("ỦY BAN NHÂN DÂN", "TỈNH SƠN LA")
        return Letterhead(superior, (unit.name.upper(),), f"BC-{unit.code}", PROVINCE)
    if unit.kind == UnitKind.PARTY_BODY:
        return Letterhead(("TỈNH ỦY SƠN LA",), (unit.name.upper(), "*"), f"BC/{unit.code}", PROVINCE, is_party=True)
    return Letterhead((), (unit.name.upper(),), f"BC-{unit.code}", PROVINCE)


def signer_lines(unit: Unit, position: str = "") -> list[str]:
    """The capacity above the signature; a deputy signs for the head (KT.)."""
    title = _title(unit)
    on_behalf = ["TM. ỦY BAN NHÂN DÂN"] if unit.kind in _COMMUNES else []
    if position.casefold().startswith("phó "):
        return [*on_behalf, f"KT. {title}", f"PHÓ {title}"]
    return [*on_behalf, title]


def _title(unit: Unit) -> str:
    if unit.kind in _COMMUNES:
        return "CHỦ TỊCH"
    # The longest beginning first: «Ủy ban Kiểm tra» before any other «Ủy ban».
    found = [start for start in sorted(_HEADS, key=len, reverse=True) if unit.name.startswith(f"{start} ")]
    return _HEADS[found[0]] if found else "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"
