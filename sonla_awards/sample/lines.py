"""The chances of one line of a unit in a sample year, and the fields it declares at a level of quality. Pure, seeded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from math import ceil
from random import Random

Fields = dict[str, str]
NA_FIELDS = {"na": "approved"}

# What a ratio's denominator counts: phrase of its title = smallest-largest, or a common stock times a factor.
STOCKS = {"people": (7500, 19000), "files": (1100, 4200), "staff": (44, 88)}
SIZES = """
người trưởng thành=people*0.66; trong độ tuổi lao động=people*0.57; số dân=people*1; nhận qua tài khoản=people*0.05
người đủ điều kiện=people*0.71; thôn, bản, tổ dân phố=people*0.0017; thành viên=people*0.011
hộ sản xuất hàng hóa=people*0.11; hộ kinh doanh=people*0.008; số hộ=people*0.225; nhà văn hóa=people*0.0015
hồ sơ công việc=420-2600; đến hạn nộp lưu=40-260; hồ sơ tiếp nhận=files*1; đã giải quyết=files*0.97; số kết quả=files*0.97
hồ sơ=files*0.97; phí, lệ phí=files*0.6; học phí, viện phí=900-5200; công chức, viên chức=staff*2.2; công chức=staff*1
tài khoản quản trị=3-12; tài khoản=staff*1.05; máy trạm=staff*1.5; máy tính=staff*1.1; họp về chuyển đổi số=4-9
cuộc họp=40-130; chỉ đạo=5-14; văn bản=620-2800; giao đến hạn=5-14; nhiệm vụ=14-34; đơn vị=4-14; hệ thống=3-7
cảnh báo=5-26; thủ tục=40-140; dịch vụ công=45-130; phiếu=120-420; bộ dữ liệu=4-14; báo cáo=18-60; phản ánh=8-40
chỉ tiêu=20-60; bản ghi=1500-9000; chợ, cơ sở=24-90; doanh nghiệp=9-46; sản phẩm=5-18; trường=5-12
"""


@dataclass(frozen=True)
class Line:
    """A leaf with this unit's chances: `lean` is added to the level, `dice` 0..1 decides the rest, `size` is b."""

    leaf: object
    lean: float
    dice: float
    size: int
    is_na: bool

    @property
    def rule(self):
        return self.leaf.rule

    @property
    def is_declared(self) -> bool:
        return self.leaf.source_kind == "declared" and self.rule.kind != "penalty"

    def fields(self, level: float) -> Fields:
        if self.is_na:
            return NA_FIELDS
        return MAKERS[self.rule.kind](self, min(1.0, max(0.0, level + self.lean)))


def _level(line: Line, share: float) -> Fields:
    if line.rule.combine == "sum":
        parts = enumerate(line.rule.fields, 1)
        return {part: "yes" if share > step / (len(line.rule.fields) + 1) else "no" for step, part in parts}
    worst, *better = sorted(line.rule.options, key=lambda option: option.fraction)
    return {"option": [worst, *(option for option in better if option.fraction <= share + 0.3)][-1].key}


def _tiers(line: Line, share: float) -> Fields:
    tiers = sorted(line.rule.tiers, key=lambda tier: tier.min)
    reached = max((i for i, tier in enumerate(tiers) if tier.fraction <= share + 0.2), default=0)
    low = int(tiers[reached].min)
    high = int(tiers[reached + 1].min) - 1 if reached + 1 < len(tiers) else int(low * 1.4)
    return {"value": str(low + int(line.dice * (high - low + 1)))}


def _ratio(line: Line, share: float) -> Fields:
    full, floor = float(line.rule.full_at), float(line.rule.zero_below)
    if share > 0.9:
        percent = full + (100 - full) * line.dice * (share - 0.9) / 0.1
    elif line.rule.between == "over_full":
        percent = full * share / 0.9
    else:
        percent = floor * 0.85 + (full - floor * 0.85) * share / 0.9
    numerator = line.size * percent / 100
    return {"a": str(min(line.size, ceil(numerator) if share > 0.9 else int(numerator))), "b": str(line.size)}


def _deadline(line: Line, share: float) -> Fields:
    return {"date": (line.rule.due + timedelta(days=round((0.55 - share) * 60 - line.dice * 5))).isoformat()}


MAKERS: dict[str, Callable[[Line, float], Fields]] = {
    "level": _level,
    "tiers": _tiers,
    "ratio": _ratio,
    "deadline": _deadline,
    "boolean": lambda line, share: {"value": "yes" if share > 0.4 else "no"},
    "count": lambda line, share: {"value": str(round(min(1.0, share + 0.15) * line.rule.max_items))},
    "manual": lambda line, share: {"points": f"{float(line.leaf.max_points) * round(share * 4) / 4:g}"},
    "bonus": lambda line, share: {"value": str((line.dice < 0.11) + (line.dice < 0.02))},
    "penalty": lambda line, share: {"value": str(int(line.dice < 0.025))},
}


def drawn(leaf, unit: str, year: int, seed: int, population: int | None) -> Line:
    """The chances of one line: how hard it is for all, how this unit stands on it, and what is new this year."""
    lasting, passing = Random(f"{seed} {unit} {leaf.code}"), Random(f"{seed} {unit} {year} {leaf.code}")
    lean = Random(leaf.code).gauss(0.05, 0.12) + lasting.gauss(0, 0.14) + passing.gauss(0, 0.08)
    is_na = leaf.rule.na_allowed and lasting.random() < 0.05
    return Line(leaf, lean, passing.random(), _size(unit, leaf.input_words("b", "vi")[0], population), is_na)


@cache
def _sizes() -> tuple[tuple[str, str], ...]:
    pairs = (entry.split("=") for entry in SIZES.replace("\n", ";").split(";") if entry.strip())
    return tuple((phrase.strip(), size.strip()) for phrase, size in pairs)


def _size(unit: str, title: str, population: int | None) -> int:
    """How many things a denominator counts in this unit: the same in each year and on each line that counts them."""
    phrase, size = next((pair for pair in _sizes() if pair[0] in title.lower()), (title, "20-200"))
    stock, _, factor = size.partition("*")
    low, high = STOCKS[stock] if factor else map(int, size.split("-"))
    drawn = Random(f"size {unit} {stock if factor else phrase}").randint(low, high)
    if stock == "people" and population:
        drawn = population
    return max(3, round(drawn * float(factor or 1)))
