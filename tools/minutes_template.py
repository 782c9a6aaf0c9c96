"""Writes the Word templates of the appraisal minutes, data/word/minutes.docx and minutes-unit.docx, as they are shipped.

An office edits the files themselves in Word; this is for whoever changes what the product prints on them. Layout by Nghị định
30/2020/NĐ-CP comes from `core.official`. In the template {{ name }} is a value, {%p … %} and {%tr … %} are paragraphs and
rows that repeat or fall away.
"""

import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sonla_awards.settings.test")

import minutes_tables  # noqa: E402 - beside this file
from docx import Document  # noqa: E402 - the settings are chosen before the product is read
from docx.document import Document as WordDocument  # noqa: E402
from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: E402
from docx.oxml.ns import qn  # noqa: E402
from docx.text.paragraph import Paragraph  # noqa: E402

from core.official import word  # noqa: E402
from core.official.paper import Appendix, Block, Paper, Table  # noqa: E402

NONE = "Không có."
OFFICE = ("SỞ KHOA HỌC VÀ CÔNG NGHỆ",)
SUPERIOR = ("ỦY BAN NHÂN DÂN", "TỈNH SƠN LA")
FOOT = "Số liệu lấy từ hệ thống lúc {{ made_at }}, người lập: {{ made_by }}"
DOTS = "…" * 10


def shown(name: str, *blocks: Block, nothing: str = NONE) -> list[Block]:
    """The blocks where there is something of that name, else a sentence."""
    without = [Block(text="{%p else %}"), Block(text=nothing)] if nothing else []
    return [Block(text=f"{{%p if {name} %}}"), *blocks, *without, Block(text="{%p endif %}")]


# --- the minutes of a group ----------------------------------------------------------------------------------------
def group_blocks() -> list[Block]:
    return [
        *meeting(),
        Block(heading="I. CĂN CỨ VÀ PHẠM VI THẨM ĐỊNH"),
        *basis(),
        Block(
            text="Khối {{ group }} có {{ counts.units }} đơn vị: {{ counts.handed_in }} đơn vị đã nộp bản tự đánh giá (trong đó "
            "{{ counts.late }} đơn vị nộp muộn), {{ counts.missing }} đơn vị không nộp."
        ),
        *shown("not_handed_in", Block(text="Không nộp: {{ not_handed_in|join('; ') }}."), nothing=""),
        *shown(
            "left_out",
            Block(
                text="Biên bản này không gồm số liệu của các đơn vị mà người lập không được xem vì xung đột lợi ích: "
                "{% for one in left_out %}{{ one.name }} ({{ one.code }}){% if not loop.last %}; {% endif %}{% endfor %}."
            ),
            nothing="",
        ),
        Block(heading="II. NGƯỜI THẨM ĐỊNH"),
        *shown("works", Block(table=minutes_tables.WORKS)),
        Block(heading="III. PHÂN CÔNG THẨM ĐỊNH"),
        *shown(
            "plans",
            *plans(),
            nothing="Không lập phương án phân công; người thẩm định của mỗi cơ quan làm chung các dòng.",
        ),
        Block(heading="IV. XUNG ĐỘT LỢI ÍCH"),
        *conflicts(),
        Block(heading="V. KẾT QUẢ THẨM ĐỊNH"),
        Block(
            text="Tổng số {{ counts.lines }} dòng: đã quyết định {{ counts.decided }} dòng, gồm chấp nhận {{ counts.accepted }}, "
            "điều chỉnh {{ counts.corrected }}, không áp dụng {{ counts.not_applicable }}; chưa thẩm định {{ counts.open }} dòng."
        ),
        *shown("units", Block(table=minutes_tables.UNITS)),
        Block(heading="VI. NGUYÊN NHÂN CHÊNH LỆCH"),
        *causes(),
        Block(heading="VII. TIÊU CHÍ DO CƠ QUAN THẨM ĐỊNH NHẬP"),
        *shown("entered", Block(table=minutes_tables.ENTERED)),
        Block(heading="VIII. THẨM ĐỊNH HAI LƯỢT"),
        *shown("draws", *double_marking(), nothing="Không thẩm định hai lượt."),
        Block(heading="IX. NỘP MUỘN VÀ GIA HẠN"),
        *late(),
        Block(heading="X. LÀM RÕ VÀ GIẢI TRÌNH"),
        Block(
            text="Có {{ counts.threads }} yêu cầu làm rõ và {{ counts.contests }} giải trình, kiến nghị; nội dung ở Phụ lục. "
            "Từng dòng điều chỉnh và từng đề nghị không áp dụng cũng ở Phụ lục."
        ),
        *closing(),
    ]


def meeting() -> list[Block]:
    """What only those who sat there know: the office fills it in."""
    return [
        Block(text=f"Thời gian: từ … giờ …, ngày … tháng … năm {{{{ made_year }}}}. Địa điểm: {DOTS}"),
        Block(text=f"Chủ trì: {DOTS}{DOTS}; thư ký: {DOTS}{DOTS}"),
        Block(text=f"Thành phần tham dự: {DOTS}{DOTS}{DOTS}"),
    ]


def basis() -> list[Block]:
    return [
        Block(text="Căn cứ {{ founding_decision }} về phong trào thi đua “{{ movement }}”."),
        *shown("legal_basis", Block(text="Căn cứ {{ legal_basis }}."), nothing=""),
        Block(
            text="Bộ tiêu chí: {{ criteria_set }}, mã {{ criteria_set_code }}, mã băm SHA-256 của văn bản bộ tiêu chí: "
            "{{ criteria_set_sha256 }}."
        ),
        Block(
            text="Kỳ đánh giá năm {{ year }} ({{ state }}): nộp đúng hạn đến {{ filing_closes }}, khóa sau {{ filing_locks }}, "
            "thẩm định đến {{ appraisal_closes }}."
        ),
    ]


def plans() -> list[Block]:
    return [
        Block(
            text="Mỗi phương án chia đều khối lượng (tổng bình phương khối lượng nhỏ nhất), rồi giữ ít cặp như năm trước nhất, "
            "còn lại theo số bốc thăm; không giao dòng nào cho người có xung đột lợi ích."
        ),
        Block(table=minutes_tables.PLANS),
        Block(text="Số dòng của khối theo từng phương án:"),
        Block(table=minutes_tables.ASSIGNED),
        *shown("overrides", Block(text="Giao khác phương án:"), Block(table=minutes_tables.OVERRIDES), nothing=""),
    ]


def double_marking() -> list[Block]:
    """The draws are of an agency's lines of the whole year, the agreement of the group's lines."""
    return [
        Block(table=minutes_tables.DRAWS),
        *shown(
            "agreement",
            Block(
                text="Trong khối có {{ agreement.pairs }} dòng đủ điểm hai lượt, {{ agreement.alike }} dòng như nhau"
                "{% if agreement.gap %}; lệch trung bình {{ agreement.gap }} điểm tối đa, kappa có trọng số {{ agreement.kappa }}"
                "{% else %}; ít hơn 10 dòng nên không tính mức thống nhất{% endif %}."
            ),
            nothing="Trong khối chưa có dòng nào đủ điểm hai lượt.",
        ),
    ]


def conflicts() -> list[Block]:
    """Declared and superior bodies, derived, and those that a plan held fast."""
    return [
        Block(text="Không ai thẩm định đơn vị của mình. Xung đột lợi ích đã kê khai và cơ quan chủ quản đã ghi nhận:"),
        *shown("conflicts", Block(table=minutes_tables.CONFLICTS)),
        *shown(
            "own_units",
            Block(
                text="Suy ra từ đơn vị công tác, không cần kê khai: "
                "{% for one in own_units %}{{ one.who }} ({{ one.unit }}){% if not loop.last %}; {% endif %}{% endfor %}."
            ),
            nothing="",
        ),
        *shown(
            "known_conflicts",
            Block(
                text="Đã biết khi lập phương án phân công và được loại trừ: {% for one in known_conflicts %}{{ one.who }} với "
                "{{ one.unit }}, {{ one.reason }}{% if not loop.last %}; {% endif %}{% endfor %}."
            ),
            nothing="",
        ),
    ]


def causes() -> list[Block]:
    return [
        Block(text="Mọi phần điểm từ tự chấm đến được tính đều có nguyên nhân; cộng đúng đến hàng phần trăm."),
        *shown("causes.rows", Block(table=minutes_tables.CAUSES), nothing="Mọi dòng được tính như tự chấm."),
    ]


def late() -> list[Block]:
    return [
        *shown("late", Block(table=minutes_tables.LATE), nothing="Không có đơn vị nộp muộn."),
        *shown(
            "extensions", Block(text="Gia hạn:"), Block(table=minutes_tables.EXTENSIONS), nothing="Không có gia hạn."
        ),
    ]


def closing() -> list[Block]:
    return [
        Block(heading="XI. KẾT LUẬN"),
        Block(text=f"{DOTS}{DOTS}{DOTS}{DOTS}"),
        Block(text="Biên bản được lập thành … bản, đã đọc cho những người tham dự cùng nghe và thống nhất ký tên./."),
    ]


GROUP_TABLES = [
    ("changed", "1. Các dòng điều chỉnh", minutes_tables.changed_by_unit()),
    ("not_applicable", "2. Không áp dụng", minutes_tables.with_unit("not_applicable", minutes_tables.NOT_APPLICABLE)),
    ("threads", "3. Yêu cầu làm rõ và trả lời", minutes_tables.with_unit("threads", minutes_tables.THREADS)),
    ("contests", "4. Giải trình, kiến nghị", minutes_tables.with_unit("contests", minutes_tables.CONTESTS)),
]


# --- the minutes of one unit ---------------------------------------------------------------------------------------
def unit_blocks() -> list[Block]:
    return [
        Block(heading="I. CĂN CỨ"),
        *basis(),
        Block(heading="II. KẾT QUẢ THẨM ĐỊNH"),
        *shown(
            "units",
            Block(
                text="{{ unit }} tự chấm {{ units[0].claimed }} điểm; thẩm định {{ units[0].appraised }} điểm; sau giải trình "
                "{{ units[0].final }} điểm; chênh lệch {{ units[0].difference }} điểm."
            ),
            Block(
                text="Tổng số {{ counts.lines }} dòng: chấp nhận {{ counts.accepted }}, điều chỉnh {{ counts.corrected }}, "
                "không áp dụng {{ counts.not_applicable }}, chưa thẩm định {{ counts.open }}."
            ),
            nothing="{{ unit }} không nộp bản tự đánh giá.",
        ),
        *causes(),
        Block(heading="III. NỘP MUỘN VÀ GIA HẠN"),
        *late(),
        Block(heading="IV. XUNG ĐỘT LỢI ÍCH"),
        *conflicts(),
        Block(
            text="Các dòng điều chỉnh, đề nghị không áp dụng, yêu cầu làm rõ và giải trình ở Phụ lục."
        ),
    ]  # fmt: skip


UNIT_TABLES = [
    ("changed", "1. Các dòng điều chỉnh", minutes_tables.listed("changed[0].lines", *minutes_tables.CHANGED)),
    ("not_applicable", "2. Không áp dụng", minutes_tables.listed("not_applicable", *minutes_tables.NOT_APPLICABLE)),
    ("threads", "3. Yêu cầu làm rõ và trả lời", minutes_tables.listed("threads", *minutes_tables.THREADS)),
    ("contests", "4. Giải trình, kiến nghị", minutes_tables.listed("contests", *minutes_tables.CONTESTS)),
]


# --- writing -------------------------------------------------------------------------------------------------------
def written(subject: str, copies_to: str, blocks: list[Block], annexed: list[tuple[str, str, Table]]) -> bytes:
    paper = Paper(
        title=f"Biên bản thẩm định năm {{{{ made_year }}}}: {subject}",
        superior_lines=SUPERIOR,
        office_lines=OFFICE,
        number="Số:          /BB-SKHCN",
        place_and_date="Sơn La, ngày      tháng      năm {{ made_year }}",
        name="BIÊN BẢN",
        subject=f"Thẩm định kết quả tự đánh giá chuyển đổi số năm {{{{ year }}}} của {subject}",
        blocks=blocks,
        signer_lines=("TỔ TRƯỞNG THẨM ĐỊNH",),
        signer_name="",
        appendix=Appendix("CÁC DÒNG THẨM ĐỊNH", "(Kèm theo Biên bản thẩm định)", annexed[0][2]),
        sample_note="{{ sample_note }}",
        foot=FOOT,
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    document = Document(io.BytesIO(word.as_word(paper)))
    for line in document.paragraphs:
        if DOTS in line.text:  # a line to be filled in is not stretched
            line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _second_signature(document, copies_to)
    _appendix_tables(document, annexed)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _second_signature(document: WordDocument, copies_to: str) -> None:
    """The secretary signs beside the lead; where copies go stands below."""
    table = next(one for one in document.tables if "TỔ TRƯỞNG THẨM ĐỊNH" in one.rows[0].cells[1].text)
    word._lines(table.rows[0].cells[0], [("THƯ KÝ", 14, True), *[("", 14, False)] * 4, ("", 14, True)])
    for cell in table.rows[0].cells:  # signatures and the places of copies stay on one page
        for line in cell.paragraphs:
            line.paragraph_format.keep_with_next = True
    after = table._tbl
    for text, size in (
        ("Nơi nhận:", 12),
        ("- Hội đồng thẩm định;", 11),
        (f"- {copies_to};", 11),
        ("- Lưu: VT.", 11),
    ):
        line = Paragraph(_new_paragraph(document), document._body)
        word._run(line, text, size=size, bold=size == 12).italic = size == 12
        line.paragraph_format.keep_with_next = not text.endswith(".")
        after.addnext(line._p)
        after = line._p


def _new_paragraph(document: WordDocument):
    return document.add_paragraph()._p


def _appendix_tables(document: WordDocument, annexed: list[tuple[str, str, Table]]) -> None:
    """The first table was written as the appendix; it gets its heading, and the others follow."""
    first = document.tables[-1]._tbl
    first.getparent().remove(first)
    for name, title, table in annexed:
        _line(document, f"{{%p if {name} %}}")
        heading = word._text(document, title, bold=True)
        heading.paragraph_format.keep_with_next = True
        word._table(document, table, word.LANDSCAPE_MM, size=11)
        _line(document, "{%p else %}")
        word._text(document, f"{title}: {NONE[:1].lower()}{NONE[1:]}", bold=False)
        _line(document, "{%p endif %}")
    body = document.element.body
    body.append(body.find(qn("w:sectPr")))  # stays last


def _line(document: WordDocument, text: str) -> None:
    word._text(document, text, indent=False)


def main() -> None:
    for name, data in (
        ("minutes", written("khối {{ group }}", "Các đơn vị trong khối", group_blocks(), GROUP_TABLES)),
        ("minutes-unit", written("{{ unit }}", "{{ unit }}", unit_blocks(), UNIT_TABLES)),
    ):
        (ROOT / "data" / "word" / f"{name}.docx").write_bytes(data)


if __name__ == "__main__":
    main()
