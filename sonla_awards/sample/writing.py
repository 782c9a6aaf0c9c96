"""What is written beside the figures of a sample year: citations, explanations, an appraiser's reasons. Pure, seeded."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sonla_awards.sample.lines import NA_FIELDS, Fields, Line

ACCEPT, CORRECT, NOT_APPLICABLE = "accept", "correct", "not_applicable"

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
class Writer:
    """Words for one unit's papers; official documents carry number, issuer and a working day of the year."""

    unit: str
    year: int

    def answer(self, line: Line, truth: Fields, raised: Fields | None) -> SampleAnswer:
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

    def claim(self, line: Line, fields: Fields) -> SampleAnswer:
        if fields in ({"value": "no"}, {"value": "0"}, {"option": "none"}):
            return SampleAnswer(fields, explanation="Trong năm đơn vị chưa thực hiện được nội dung này.")
        rng = Random(f"{self.unit} {self.year} {line.leaf.code}")
        if rng.random() < (0.94 if line.leaf.evidence.required else 0.4):
            return SampleAnswer(fields, citation=self.citation(line, fields, rng))
        waiting = "Tài liệu đang hoàn thiện, đơn vị sẽ bổ sung trong thời gian thẩm định."
        shared = "Số liệu lấy từ hệ thống dùng chung, đơn vị không có văn bản riêng."
        return SampleAnswer(fields, explanation=waiting if line.leaf.evidence.required else shared)

    def citation(self, line: Line, fields: Fields, rng: Random) -> str:
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

    def reason(self, line: Line, claimed: Fields, truth: Fields, has_proof: bool) -> tuple[str, str]:
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
