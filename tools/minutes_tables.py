"""The tables in the templates of the appraisal minutes: their columns and what stands in a cell. See `minutes_template`."""

from collections.abc import Sequence

from core.official.paper import Column, Row, Table

Field = tuple[Column, str]


def text(head: str, value: str, *, mm: int = 0, share: float = 1) -> Field:
    """A column; `value` is a name of `one`, or what the cell says."""
    return Column(head, mm=mm, share=share), _said(value)


def figure(head: str, value: str, mm: int = 18) -> Field:
    return Column(head, mm=mm, align="right"), _said(value)


def _said(value: str) -> str:
    return value if "{" in value else f"{{{{ one.{value} }}}}"


def listed(name: str, *fields: Field, last: Sequence[str] = ()) -> Table:
    """One row for each of them; `last` is a sum."""
    columns = [column for column, _cell in fields]
    rows = [_tag(f"for one in {name}", columns), Row([cell for _column, cell in fields]), _tag("endfor", columns)]
    return Table(columns, [*rows, *([Row(last, is_bold=True)] if last else [])])


def _tag(tag: str, columns: list[Column]) -> Row:
    return Row((f"{{%tr {tag} %}}", *[""] * (len(columns) - 1)))


CONFLICTS = listed(
    "conflicts",
    text("Người hoặc cơ quan", "who"),
    text("Đơn vị", "unit"),
    text("Quan hệ", "kind", share=0.8),
    text(
        "Lý do; ghi nhận",
        "{{ one.reason }} ({{ one.declared }}){% if one.ended %}. Kết thúc: {{ one.ended }}{% endif %}",
        share=1.6,
    ),
)
CAUSES = listed(
    "causes.rows",
    text("Mã", "code", mm=20),
    text("Nguyên nhân", "label"),
    figure("Điểm", "points", mm=26),
    last=("", "Tổng chênh lệch", "{{ causes.sum }}"),
)
LATE = listed("late", text("Đơn vị", "unit"), text("Nộp lúc", "submitted_at", mm=42), text("Chậm", "late", share=0.8))
EXTENSIONS = listed(
    "extensions",
    text("Đơn vị", "unit"),
    text("Đề nghị; lý do", "{{ one.asked }}: {{ one.reason }}", share=1.6),
    text("Kết quả", "outcome", share=0.7),
    text("Đến hết", "until", mm=28),
    text("Người quyết định", "decided"),
)
CODE = text("Mã", "code", mm=25)
TITLE = text("Tiêu chí", "title")
CHANGED = [
    CODE,
    TITLE,
    figure("Tự chấm", "claimed"),
    figure("Thẩm định", "appraised"),
    text("Mã lý do", "reason_code", mm=18),
    text("Lý do", "reason", share=1.3),
    text("Người thẩm định", "made", mm=42),
]
NOT_APPLICABLE = [
    CODE,
    TITLE,
    text("Nguồn", "asked", mm=26),
    text("Kết quả", "outcome", mm=24),
    text("Lý do", "reason"),
    text("Người quyết định", "decided", mm=42),
]
THREADS = [
    CODE,
    text("Câu hỏi", "question"),
    text("Hỏi; hạn trả lời", "{{ one.asked }}; hạn {{ one.due }}", mm=46),
    text("Trả lời", "reply"),
    text("Kết quả", "{{ one.outcome }}{% if one.replied %} ({{ one.replied }}){% endif %}", mm=48),
]
CONTESTS = [
    CODE,
    text("Nội dung giải trình", "Vòng {{ one.round }}: {{ one.grounds }} (nộp lúc {{ one.filed_at }})"),
    figure("Trước", "before"),
    figure("Sau", "after"),
    text("Kết luận", "outcome", mm=30),
    text("Lý do", "reason"),
    text("Người quyết định", "decided", mm=42),
]


def changed_by_unit() -> Table:
    """The unit stands above its lines."""
    columns = [column for column, _cell in CHANGED]
    rows = [
        _tag("for group in changed", columns),
        Row(("", "{{ group.unit }}", *[""] * (len(columns) - 2)), is_section=True),
        _tag("for one in group.lines", columns),
        Row([cell for _column, cell in CHANGED]),
    ]
    return Table(columns, [*rows, _tag("endfor", columns), _tag("endfor", columns)])


def with_unit(name: str, fields: list[Field]) -> Table:
    return listed(name, text("Đơn vị", "unit", mm=34), *fields)


WORKS = listed(
    "works",
    text("Cơ quan", "agency"),
    text("Người thẩm định", "person", share=0.8),
    figure("Đã quyết định", "decided"),
    figure("Chấp nhận", "accepted"),
    figure("Điều chỉnh", "corrected"),
    figure("Không áp dụng", "not_applicable"),
)
PLANS = listed(
    "plans",
    text("Cơ quan", "agency", share=1.2),
    text("Cách chia", "mode", mm=26),
    figure("Tối đa", "cap", mm=14),
    figure("Số bốc thăm", "seed"),
    figure("Tổng bình phương khối lượng", "balance", mm=24),
    figure("Giữ như năm trước", "repeats", mm=17),
    text("Lập", "made"),
)
ASSIGNED = listed(
    "plans",
    text("Cơ quan", "agency"),
    figure("Số người", "people"),
    figure("Dòng của khối", "lines", mm=22),
    figure("Để tổ trưởng", "left", mm=24),
    figure("Giao khác phương án", "other", mm=26),
)
OVERRIDES = listed(
    "overrides",
    text("Cơ quan", "agency"),
    figure("Số dòng", "lines", mm=15),
    text("Giao cho", "person", share=0.9),
    text("Lý do", "reason", share=1.4),
    text("Người quyết định", "decided"),
)
DRAWS = listed(
    "draws",
    text("Cơ quan; người bốc thăm", "{{ one.agency }}; {{ one.made }}"),
    text("Tỷ lệ rút; ngưỡng lệch", "{{ one.share }}; {{ one.gap }}", mm=24),
    figure("Số bốc thăm", "seed", mm=20),
    figure("Số dòng", "lines", mm=17),
    figure("Đã chấm", "saved", mm=18),
    figure("Lệch quá ngưỡng", "disputed", mm=23),
    figure("Đã phân xử", "settled", mm=18),
)
UNITS = listed(
    "units",
    (Column("TT", mm=10, align="center"), "{{ loop.index }}"),
    text("Đơn vị", "name"),
    figure("Tự chấm", "claimed"),
    figure("Thẩm định", "appraised"),
    figure("Sau giải trình", "final"),
    figure("Chênh lệch", "difference", mm=19),
    figure("Dòng điều chỉnh", "corrected"),
    figure("Không áp dụng", "not_applicable", mm=17),
)
ENTERED = listed(
    "entered",
    CODE,
    text("Tiêu chí", "title", share=1.5),
    text("Cơ quan nhập", "agency", share=0.9),
    figure("Số đơn vị", "units", mm=15),
    figure("Thấp nhất", "lowest", mm=16),
    figure("Cao nhất", "highest", mm=16),
    figure("Tổng điểm", "sum"),
)
