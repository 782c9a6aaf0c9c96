"""The fixed words of a workbook in one language: names of sheets, answers, and what stands where there are no points."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Marks:
    lang: str
    read_me: str
    criteria: str
    inputs: str
    work: str
    points: str
    nodes: str
    results: str
    yes: str
    no: str
    not_applicable: str
    lacking: str
    agrees: str
    differs: str

    def pick(self, vi: str, en: str) -> str:
        return en if self.lang == "en" else vi


VIETNAMESE = Marks(
    "vi", "Đọc trước", "Tiêu chí", "Số liệu", "Tính", "Điểm", "Mục", "Kết quả",
    "có", "không", "KAD", "thiếu", "khớp", "lệch",
)  # fmt: skip
ENGLISH = Marks(
    "en", "Read me", "Criteria", "Inputs", "Work", "Points", "Nodes", "Results",
    "yes", "no", "N/A", "missing", "agrees", "differs",
)  # fmt: skip


def marks_in(lang: str) -> Marks:
    return ENGLISH if lang == "en" else VIETNAMESE
