"""Invented answers of a unit to a criteria set, and what its appraisers do with them. No Django, no clock, no files.

`qualities` gives each unit of a group the total that it should come out with; `unit_answers` finds answers that do.
How: each line draws its chances once, from generators seeded by seed, unit, year and line. A `level` shifts all lines
together and more of it hardly ever takes points from a line, so bisection finds the level whose appraised total comes
near the target; then the numerators of some large ratios are moved until the total is met to the hundredth, or nearly.
Last, claims are made by raising some appraised lines: those are the lines that the appraiser corrects.
The sets must be trees of sums, 2 places, that renormalise what is not applicable, as Sơn La's are.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from math import ceil
from random import Random
from statistics import NormalDist, linear_regression, pstdev

from scoring import engine

Fields = dict[str, str]
ACCEPT, CORRECT, NOT_APPLICABLE = "accept", "correct", "not_applicable"
NA_FIELDS = {"na": "approved"}
WARDS = frozenset(["03646", "03664", "03670", "03679", "03979", "03980", "03982", "04033"])
UPLAND = frozenset(("03760", "03763", "03781", "03862", "03868", "03901", "03961", "04057", "04144", "04159", "04240"))
# First, last and mean published total of a group, in points of 100, for 2025; a later year gains a little.
BANDS = {"commune": (90.1, 54.2, 76.4), "department": (89.6, 55.8, 73.2)}
YEARLY_GAIN_POINTS, CONSTANCY = 1.2, 0.91

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
# The paper that an evidence note asks for, by the note's first words: number, issuer.
DOCUMENTS = {
    "quyết định": "Quyết định {n}/QĐ-{by}", "quy chế": "Quyết định {n}/QĐ-{by}", "văn bản phân": "Quyết định {n}/QĐ-{by}",
    "văn bản phê": "Quyết định {n}/QĐ-{by}", "văn bản": "Công văn {n}/{by}-VP", "kế hoạch": "Kế hoạch {n}/KH-{by}",
    "nghị quyết": "Nghị quyết {n}-NQ/ĐU", "thông báo": "Thông báo {n}/TB-{by}", "báo cáo": "Báo cáo {n}/BC-{by}",
    "biên bản": "Biên bản số {n}/BB-{by}", "danh sách tin": "Danh sách tin, bài",
}  # fmt: skip
FIGURES = ("báo cáo", "thống kê", "trích xuất", "số liệu", "kết quả", "danh sách", "biểu")
HOLIDAYS = frozenset(((4, 7), (4, 27), (4, 30), (5, 1), (9, 1), (9, 2)))


@dataclass(frozen=True)
class SampleAnswer:
    """One line: the unit's claim with its proof, and what the appraiser does. Fields are in the engine's format.

    `claimed` is empty where the unit itself declares nothing: lines that are measured, surveyed or the appraiser's
    (corrected with TD-01), and lines it calls not applicable. Only `manual` lines are given points.
    """

    claimed: Fields
    citation: str = ""
    explanation: str = ""
    outcome: str = ACCEPT
    corrected: Fields | None = None
    reason_code: str = ""
    reason: str = ""

    @property
    def appraised(self) -> Fields:
        """The fields in force after appraisal, as the ranking reads them."""
        if self.outcome == NOT_APPLICABLE:
            return NA_FIELDS
        return self.claimed if self.corrected is None else self.corrected


@dataclass(frozen=True)
class _Line:
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


def _level(line: _Line, share: float) -> Fields:
    if line.rule.combine == "sum":
        parts = enumerate(line.rule.fields, 1)
        return {part: "yes" if share > step / (len(line.rule.fields) + 1) else "no" for step, part in parts}
    worst, *better = sorted(line.rule.options, key=lambda option: option.fraction)
    return {"option": [worst, *(option for option in better if option.fraction <= share + 0.3)][-1].key}


def _tiers(line: _Line, share: float) -> Fields:
    tiers = sorted(line.rule.tiers, key=lambda tier: tier.min)
    reached = max((i for i, tier in enumerate(tiers) if tier.fraction <= share + 0.2), default=0)
    low = int(tiers[reached].min)
    high = int(tiers[reached + 1].min) - 1 if reached + 1 < len(tiers) else int(low * 1.4)
    return {"value": str(low + int(line.dice * (high - low + 1)))}


def _ratio(line: _Line, share: float) -> Fields:
    full, floor = float(line.rule.full_at), float(line.rule.zero_below)
    if share > 0.9:
        percent = full + (100 - full) * line.dice * (share - 0.9) / 0.1
    elif line.rule.between == "over_full":
        percent = full * share / 0.9
    else:
        percent = floor * 0.85 + (full - floor * 0.85) * share / 0.9
    numerator = line.size * percent / 100
    return {"a": str(min(line.size, ceil(numerator) if share > 0.9 else int(numerator))), "b": str(line.size)}


def _deadline(line: _Line, share: float) -> Fields:
    return {"date": (line.rule.due + timedelta(days=round((0.55 - share) * 60 - line.dice * 5))).isoformat()}


MAKERS: dict[str, Callable[[_Line, float], Fields]] = {
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


def unit_answers(
    criteria_set,
    *,
    unit: str,
    quality: float,
    seed: int,
    completeness: float = 1.0,
    population: int | None = None,
    year: int | None = None,
) -> dict[str, SampleAnswer]:
    """Answers of `unit` by line code, whose appraised total comes out near `quality` x 100 points.

    `completeness` 0..1 is the share of lines a unit still filing has answered; the others are absent. `population`
    (people) fits the denominators to a known commune; `year` dates the documents (default: the set's).
    A penalty for late filing may occur: file that unit late.
    """
    year = year or criteria_set.year
    lines = [_drawn(leaf, unit, year, seed, population) for leaf in criteria_set.lines]
    sheet = _Sheet(criteria_set, lines)
    level = sheet.settle_level(quality)
    sheet.tune(round(quality * 10_000))
    rng = Random(f"{seed} {unit} {year} appraisal")
    raised, truth = _raised(sheet, level, rng), sheet.fields
    kept = {line.leaf.code for line in lines if line.leaf in criteria_set.adjustments or rng.random() < completeness}
    writer, answers = _Writer(unit, year), {}
    for line in lines:
        code = line.leaf.code
        if code in kept and not (line.rule.is_adjustment and truth[code] == {"value": "0"}):
            answers[code] = writer.answer(line, truth[code], raised.get(code))
    return answers


def _drawn(leaf, unit: str, year: int, seed: int, population: int | None) -> _Line:
    """The chances of one line: how hard it is for all, how this unit stands on it, and what is new this year."""
    lasting, passing = Random(f"{seed} {unit} {leaf.code}"), Random(f"{seed} {unit} {year} {leaf.code}")
    lean = Random(leaf.code).gauss(0.05, 0.12) + lasting.gauss(0, 0.14) + passing.gauss(0, 0.08)
    is_na = leaf.rule.na_allowed and lasting.random() < 0.05
    return _Line(leaf, lean, passing.random(), _size(unit, leaf.input_words("b", "vi")[0], population), is_na)


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


# Calibration: the level, then single numerators, that bring the appraised total to the target.


class _Sheet:
    """A unit's appraised fields, and the total they make in hundredths of a point."""

    def __init__(self, criteria_set, lines: list[_Line]):
        self.criteria_set, self.lines = criteria_set, lines
        self.fields: dict[str, Fields] = {}
        self._known: dict[tuple, int] = {}
        tree = [line for line in lines if not line.rule.is_adjustment]
        self._maximum = sum(line.leaf.max_points for line in tree)
        self._applicable = sum(line.leaf.max_points for line in tree if not line.is_na)

    def points(self, line: _Line, fields: Fields) -> int:
        """The engine's points, remembered: most lines stay as they are from one step to the next."""
        asked = (line.leaf.code, *fields.values())
        if asked not in self._known:
            scored = engine.score_line(self.criteria_set, line.leaf.code, fields).points
            self._known[asked] = int((scored or 0) * 100)
        return self._known[asked]

    def total(self) -> int:
        """As the engine renormalises and rounds (half up) what is printed."""
        sums = {"bonus": 0, "penalty": 0, "tree": 0}
        for line in self.lines:
            part = line.rule.kind if line.rule.is_adjustment else "tree"
            sums[part] += self.points(line, self.fields[line.leaf.code])
        base = sums["tree"] * self._maximum / self._applicable
        return int(base + Decimal("0.5")) + sums["bonus"] - sums["penalty"]

    def settle_level(self, quality: float) -> float:
        """Fill in the lines at the level, the same for all, that brings the total near the target."""
        low, high = quality - 0.4, quality + 0.2
        for _ in range(5):
            level = (low + high) / 2
            self.fields = {line.leaf.code: line.fields(level) for line in self.lines}
            low, high = (level, high) if self.total() < quality * 10_000 else (low, level)
        return level

    def tune(self, target: int) -> None:
        """Meet the target by single numerators, each moved by a fifth of its denominator at most."""
        large = [line for line in self.lines if line.rule.kind == "ratio" and line.size >= 100 and not line.is_na]
        for line in sorted(large, key=lambda line: line.dice):
            if self.total() == target:
                return
            now, tried = int(self.fields[line.leaf.code]["a"]), []
            low, high = max(0, now - line.size // 5), min(line.size, now + line.size // 5)
            while low <= high:
                middle = (low + high) // 2
                self.fields[line.leaf.code] = {"a": str(middle), "b": str(line.size)}
                missed = self.total() - target
                tried.append((abs(missed), middle))
                low, high = (middle + 1, high) if missed < 0 else (low, middle - 1)
            self.fields[line.leaf.code] = {"a": str(min(tried)[1]), "b": str(line.size)}


# Appraisal: which claims were too high, and the papers of both sides.


def _raised(sheet: _Sheet, level: float, rng: Random) -> dict[str, Fields]:
    """Claims above the truth on about a ninth of the lines, by 1.5 points at most: what appraisers will correct."""
    declared = [line for line in sheet.lines if line.is_declared and not line.rule.is_adjustment]
    wanted = round(len(declared) * rng.uniform(0.08, 0.14))
    raised: dict[str, Fields] = {}
    for line in rng.sample(declared, len(declared)):
        if len(raised) == wanted or line.is_na:
            continue
        earned = sheet.points(line, sheet.fields[line.leaf.code])
        for claim in (line.fields(level + step) for step in (0.25, 0.12, 0.5)):
            if earned < sheet.points(line, claim) <= earned + 150:
                raised[line.leaf.code] = claim
                break
    return raised


@dataclass(frozen=True)
class _Writer:
    """Words for one unit's papers; official documents carry number, issuer and a working day of the year."""

    unit: str
    year: int

    def answer(self, line: _Line, truth: Fields, raised: Fields | None) -> SampleAnswer:
        if line.is_na:
            counted = {"a": "0", "b": "0"} if getattr(line.rule, "b_zero", "") == "na" else {}
            reason = "Trong năm đơn vị không có đối tượng thuộc phạm vi của tiêu chí."
            return SampleAnswer(counted, "", reason, NOT_APPLICABLE, reason_code="KAD", reason=reason)
        if not line.is_declared:
            reason = "Tổ thẩm định nhập theo kết quả khảo sát, số liệu hệ thống hoặc xem xét thực tế."
            return SampleAnswer({}, outcome=CORRECT, corrected=truth, reason_code="TD-01", reason=reason)
        answer = self.claim(line, raised or truth)
        if raised is None:
            return answer
        code, reason = self.reason(line, raised, truth, bool(answer.citation))
        if code == "TL-03":
            answer = replace(answer, citation=answer.citation.replace(f"/{self.year}", f"/{self.year - 1}"))
        return replace(answer, outcome=CORRECT, corrected=truth, reason_code=code, reason=reason)

    def claim(self, line: _Line, fields: Fields) -> SampleAnswer:
        if fields in ({"value": "no"}, {"value": "0"}, {"option": "none"}):
            return SampleAnswer(fields, explanation="Trong năm đơn vị chưa thực hiện được nội dung này.")
        rng = Random(f"{self.unit} {self.year} {line.leaf.code}")
        if rng.random() < (0.94 if line.leaf.evidence.required else 0.4):
            return SampleAnswer(fields, citation=self.citation(line, fields, rng))
        waiting = "Tài liệu đang hoàn thiện, đơn vị sẽ bổ sung trong thời gian thẩm định."
        shared = "Số liệu lấy từ hệ thống dùng chung, đơn vị không có văn bản riêng."
        return SampleAnswer(fields, explanation=waiting if line.leaf.evidence.required else shared)

    def citation(self, line: _Line, fields: Fields, rng: Random) -> str:
        note = re.split(r"[;:,(/]", line.leaf.evidence.note)[0].strip()
        issued = self.issued(note.lower(), fields, rng)
        form = next((form for word, form in DOCUMENTS.items() if note.lower().startswith(word)), note)
        issuer = "UBND" if self.unit.isdigit() else self.unit
        number = 3 + issued.timetuple().tm_yday * 2 + rng.randrange(40)
        return f"{form.format(n=number, by=issuer)} ngày {issued:%d/%m/%Y}"

    def issued(self, note: str, fields: Fields, rng: Random) -> date:
        """A working day: January for a plan in time, after Tết for most papers, the autumn for figures of the year."""
        first, days = (date(self.year, 2, 24), 218) if not note.startswith(FIGURES) else (date(self.year, 10, 1), 44)
        if fields.get("option") in ("ontime", "late"):
            first, days = (date(self.year, 1, 6), 18) if fields["option"] == "ontime" else (date(self.year, 2, 24), 5)
        day = first + timedelta(days=rng.randrange(days))
        day -= timedelta(days=max(0, day.weekday() - 4))
        return day - timedelta(days=7) if (day.month, day.day) in HOLIDAYS else day

    def reason(self, line: _Line, claimed: Fields, truth: Fields, has_proof: bool) -> tuple[str, str]:
        """Reason code of the product's list and a sentence with the figures."""
        needed, kind = line.leaf.evidence.required, line.rule.kind
        if kind == "ratio":
            right, wrong = (f"{int(one['a']):,}/{int(one['b']):,}".replace(",", ".") for one in (truth, claimed))
            said = f"{right}, không phải {wrong}"
            if not has_proof and needed:
                return "TL-01", f"Chưa có tài liệu kiểm chứng cho toàn bộ số đã kê khai; số được công nhận là {said}."
            if not needed or line.leaf.evidence.note.startswith("Trích xuất"):
                return "SL-02", f"Hệ thống hoặc cơ quan quản lý số liệu ghi nhận {said}."
            return (
                ("TL-04", f"Tài liệu kiểm chứng thể hiện {said}.")
                if line.dice < 0.6
                else ("SL-01", f"Đếm lại được {said}.")
            )
        if not has_proof:
            return "TL-01", "Chưa có tài liệu kiểm chứng cho mức đã kê khai sau khi đã đề nghị bổ sung."
        if kind in ("tiers", "count") and line.leaf.inputs["value"].unit != "%":
            return "TL-05", f"Tài liệu chỉ chứng minh được {truth['value']} trong số {claimed['value']} đã kê khai."
        if kind == "boolean":
            reasons = {
                "TL-02": "Tài liệu gửi kèm không đọc được nội dung nên chưa có cơ sở công nhận.",
                "TL-03": "Văn bản gửi kèm ban hành ngoài năm đánh giá nên không được tính.",
            }
            return list(reasons.items())[line.dice < 0.5]
        return "TL-04", "Tài liệu gửi kèm chưa thể hiện đúng mức đã kê khai."


# Standing: which unit is how good, and the totals a group comes out with.


def qualities(units: Iterable[str], *, group: str, year: int, seed: int) -> dict[str, float]:
    """The total each unit should come out with, divided by 100, for `unit_answers`.

    Totals are dealt out by standing along a normal curve stretched to the group's BANDS; two neighbours get the same.
    """
    standing = _standing(sorted(units), year, seed)
    order = sorted(standing, key=lambda unit: (-standing[unit], unit))
    return {unit: total / 100 for unit, total in zip(order, _targets(len(order), group, year, seed), strict=True)}


def _standing(units: list[str], year: int, seed: int) -> dict[str, float]:
    """How units compare this year: CONSTANCY of what lasts, the rest new, made independent of it in small groups too."""
    lift = [1.2 * (unit in WARDS) - 0.8 * (unit in UPLAND) for unit in units]
    lasting = [Random(f"{seed} {unit}").gauss(0, 1) + more for unit, more in zip(units, lift, strict=True)]
    passing = [Random(f"{seed} {unit} {year}").gauss(0, 1) for unit in units]
    if len(units) > 2:
        slope, start = linear_regression(lasting, passing)
        passing = [new - slope * old - start for old, new in zip(lasting, passing, strict=True)]
    old_share, new_share = CONSTANCY / (pstdev(lasting) or 1), (1 - CONSTANCY**2) ** 0.5 / (pstdev(passing) or 1)
    mixed = zip(units, lasting, passing, strict=True)
    return {unit: old * old_share + new * new_share for unit, old, new in mixed}


def _targets(count: int, group: str, year: int, seed: int) -> list[float]:
    first, last, mean = (points + YEARLY_GAIN_POINTS * (year - 2025) for points in BANDS[group])
    curve = [NormalDist().inv_cdf((place + 0.5) / count) for place in range(count)][::-1]
    if count < 3:
        return [round(mean, 2)] * count
    upper = sum(z for z in curve if z > 0) / count / curve[0]
    middle = (mean - (first + last) * upper) / (1 - 2 * upper)
    rng = Random(f"{seed} {group} {year}")
    spread = [middle + z / curve[0] * (first - middle if z > 0 else middle - last) for z in curve]
    totals = sorted((round(total + rng.uniform(-0.3, 0.3), 2) for total in spread), reverse=True)
    totals[count // 3] = totals[count // 3 + 1]
    return totals
