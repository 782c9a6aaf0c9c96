"""What stands where: the sheets, their columns, and the key of SET.json that each holds. Writing and reading follow it."""

from dataclasses import dataclass

from core.collation import fold
from scoring.criteria.workbook import words
from scoring.criteria.workbook.kinds import CellKind, Day, Number, Text, Ties, Whole, Word
from scoring.criteria.workbook.words import Pair

TEXT, NUMBER, WHOLE, DAY = Text(), Number(), Whole(), Day()
FLAG = Word(words.FLAGS)


@dataclass(frozen=True)
class Column:
    """`key` as in SET.json, dots for what is nested. `needed` refuses an empty cell. An `echo` is there to be read only.

    `blank` is the value that an empty cell stands for without being written as anything else.
    """

    key: str
    said: Pair
    kind: CellKind
    width: float = 12
    needed: bool = False
    echo: bool = False
    blank: str | None = None

    def means(self, heading: str) -> bool:
        return fold(heading.strip().rstrip("*").strip()) in {self.key, *map(fold, self.said)}


@dataclass(frozen=True)
class SheetPlan:
    key: str
    said: Pair
    columns: tuple[Column, ...]
    scale: int = 0  # percent where the columns take several pages beside each other

    def column(self, key: str) -> Column:
        return next(one for one in self.columns if one.key == key)


CODE = Column("code", ("Mã", "Code"), TEXT, 12, needed=True)
ECHO = Column("echo", ("Tên (chỉ để đọc)", "Title (to read only)"), TEXT, 34, echo=True)
TITLES = (
    Column("title.vi", ("Tên tiếng Việt", "Vietnamese title"), TEXT, 46),
    Column("title.en", ("Tên tiếng Anh", "English title"), TEXT, 40),
)
FRACTION = ("Tỷ lệ điểm (0-1)", "Share of points (0-1)")

TREE = SheetPlan(
    "tree",
    ("Cây tiêu chí", "Tree"),
    (
        Column("row", ("Loại dòng", "Kind of row"), Word(words.ROWS), 11, needed=True),
        CODE,
        Column("parent", ("Thuộc nhóm", "In the group"), TEXT, 12),
        *TITLES,
        Column("max_points", ("Điểm tối đa", "Maximum"), NUMBER, 10),
        Column("weight", ("Trọng số", "Weight"), NUMBER, 9),
        Column("aggregate", ("Cách gộp", "Aggregate"), Word(words.AGGREGATES), 17),
    ),
)
RULES = SheetPlan(
    "rules",
    ("Cách tính", "Rules"),
    (
        CODE,
        ECHO,
        Column("kind", ("Kiểu tính", "Kind"), Word(words.KINDS), 14, needed=True),
        Column("na_allowed", ("Cho phép không áp dụng", "May be not applicable"), FLAG, 12),
        Column("yes", ("Có/không: tỷ lệ điểm khi có", "Yes/no: share for yes"), NUMBER, 11),
        Column("no", ("Có/không: tỷ lệ điểm khi không", "Yes/no: share for no"), NUMBER, 11),
        Column("combine", ("Mức: cách chọn", "Level: how chosen"), Word(words.COMBINE), 13),
        Column("full_at", ("Tỷ lệ: đủ điểm từ (%)", "Ratio: full mark from (%)"), NUMBER, 10),
        Column("zero_below", ("Tỷ lệ: 0 điểm khi dưới (%)", "Ratio: zero below (%)"), NUMBER, 10),
        Column("between", ("Tỷ lệ: ở giữa tính", "Ratio: in between"), Word(words.BETWEEN), 14),
        Column("b_zero", ("Tỷ lệ: khi mẫu số bằng 0", "Ratio: when the total is 0"), Word(words.B_ZERO), 13),
        Column("fraction_per_item", ("Đếm: tỷ lệ điểm mỗi lượt", "Count: share per item"), NUMBER, 11),
        Column("max_items", ("Đếm: tối đa (lượt)", "Count: most items"), WHOLE, 10),
        Column("due", ("Thời hạn: chậm nhất ngày", "Deadline: due on"), DAY, 12),
        Column("per_item_points", ("Thưởng, trừ: điểm mỗi lượt", "Bonus, penalty: points per item"), NUMBER, 12),
        Column("expression", ("Công thức", "Formula"), TEXT, 46),
        Column("low", ("Nội suy: mốc dưới", "Bounds: low"), NUMBER, 11),
        Column("high", ("Nội suy: mốc trên", "Bounds: high"), NUMBER, 11),
        Column("clip", ("Nội suy: giữ trong khoảng", "Bounds: held within"), FLAG, 11),
        Column("transform", ("Nội suy: biến đổi", "Bounds: transform"), Word(words.TRANSFORM), 11),
        Column("method", ("So trong khối: cách so", "Group: method"), Word(words.METHOD), 15),
        Column("direction", ("Chiều (nội suy, so trong khối)", "Direction (bounds, group)"), Word(words.DIRECTION), 13),
        Column("set", ("Lấy kết quả: bộ tiêu chí", "Carried: set"), TEXT, 13),
        Column("node", ("Lấy kết quả: mục", "Carried: node"), TEXT, 11),
    ),
    scale=62,
)
STEPS = SheetPlan(
    "steps",
    ("Mức, bậc, chậm hạn", "Levels, tiers, lateness"),
    (
        CODE,
        ECHO,
        Column("key", ("Mức: khóa", "Level: key"), TEXT, 14),
        Column("title.vi", ("Mức: tên tiếng Việt", "Level: Vietnamese title"), TEXT, 34),
        Column("title.en", ("Mức: tên tiếng Anh", "Level: English title"), TEXT, 30),
        Column("min", ("Bậc: từ giá trị", "Tier: from the value"), NUMBER, 12),
        Column("days", ("Chậm hạn: không quá (ngày)", "Late: at most (days)"), WHOLE, 12),
        Column("fraction", FRACTION, NUMBER, 11, needed=True),
    ),
)
INPUTS = SheetPlan(
    "inputs",
    ("Số liệu kê khai", "Inputs"),
    (
        CODE,
        ECHO,
        Column("field", ("Trường", "Field"), TEXT, 14, needed=True),
        Column("title.vi", ("Nhãn tiếng Việt", "Vietnamese label"), TEXT, 40),
        Column("title.en", ("Nhãn tiếng Anh", "English label"), TEXT, 36),
        Column("type", ("Kiểu số liệu", "Type"), Word(words.INPUT_TYPES), 14),
        Column("unit", ("Đơn vị tính", "Unit"), TEXT, 16, blank=""),
    ),
)
GRADES = SheetPlan(
    "grades",
    ("Xếp loại", "Grades"),
    (CODE, *TITLES, Column("from", ("Từ điểm", "From points"), NUMBER, 12, needed=True)),
)
SOURCES = SheetPlan(
    "sources",
    ("Căn cứ, tài liệu", "Sources, evidence"),
    (
        CODE,
        ECHO,
        Column("source_kind", ("Nguồn số liệu", "Where figures come from"), Word(words.SOURCE_KINDS), 16),
        Column("appraiser", ("Cơ quan thẩm định", "Appraiser"), TEXT, 24, blank=""),
        Column("evidence.required", ("Bắt buộc có tài liệu", "Evidence required"), FLAG, 10),
        Column("evidence.note", ("Minh chứng cần có", "Evidence asked for"), TEXT, 36, blank=""),
        Column("source", ("Căn cứ", "Source"), TEXT, 40, blank=""),
        Column("provenance", ("Nguồn gốc câu chữ", "Provenance"), Word(words.PROVENANCE), 14),
        Column("missing", ("Khi không kê khai (nếu khác bộ)", "When missing (if other)"), Word(words.MISSING), 14),
    ),
)


@dataclass(frozen=True)
class Setting:
    """One row of the sheet of the set: `key` as in SET.json, what it decides, in words."""

    key: str
    said: Pair
    kind: CellKind
    help: Pair
    needed: bool = False
    blank: str | None = None

    def means(self, name: str) -> bool:
        return fold(name.strip()) in {self.key, *map(fold, self.said)}


NOTHING: Pair = ("", "")
NO_LIMIT: Pair = ("Để trống: không giới hạn.", "Empty: no limit.")
SETTINGS = (
    Setting("format", ("Định dạng", "Format"), TEXT, ("Không sửa.", "Leave as it is."), needed=True),
    Setting(
        "code",
        ("Mã bộ tiêu chí", "Code of the set"),
        TEXT,
        ("Giữ nguyên qua các năm.", "The same every year."),
        needed=True,
    ),
    Setting("year", ("Năm", "Year"), WHOLE, ("Mỗi năm một phiên bản.", "One version a year."), needed=True),
    Setting("title.vi", ("Tên tiếng Việt", "Vietnamese title"), TEXT, NOTHING, needed=True),
    Setting(
        "title.en",
        ("Tên tiếng Anh", "English title"),
        TEXT,
        ("Để trống thì lấy tên tiếng Việt.", "Empty: the Vietnamese title."),
    ),
    Setting(
        "source",
        ("Căn cứ", "Source"),
        TEXT,
        ("Văn bản ban hành hoặc tham chiếu.", "The document it follows."),
        blank="",
    ),
    Setting("scoring.places", ("Số chữ số thập phân", "Decimal places"), WHOLE, ("0 đến 20.", "0 to 20.")),
    Setting("scoring.rounding", ("Cách làm tròn", "Rounding"), Word(words.ROUNDING), NOTHING),
    Setting("scoring.round_at", ("Làm tròn ở", "Rounded at"), Word(words.ROUND_AT), NOTHING),
    Setting("scoring.rank_on", ("Xếp hạng theo", "Ranked by"), Word(words.RANK_ON), NOTHING),
    Setting(
        "scoring.not_applicable", ("Tiêu chí không áp dụng", "Not applicable"), Word(words.NOT_APPLICABLE), NOTHING
    ),
    Setting("scoring.missing", ("Tiêu chí không kê khai", "Not declared"), Word(words.MISSING), NOTHING),
    Setting(
        "scoring.tie_break",
        ("Phân định khi bằng điểm", "Telling ties apart"),
        Ties(),
        (
            "Theo thứ tự, cách nhau bằng “;”: nhóm MÃ; thời điểm nộp.",
            "In order, with “;” between: group CODE; time of submission.",
        ),
    ),
    Setting("scoring.max_bonus", ("Tổng điểm thưởng tối đa", "Most bonus"), NUMBER, NO_LIMIT),
    Setting("scoring.max_penalty", ("Tổng điểm trừ tối đa", "Most penalty"), NUMBER, NO_LIMIT),
    Setting("scoring.cap", ("Tổng điểm không vượt quá", "Total at most"), NUMBER, NO_LIMIT),
)
SET = SheetPlan(
    "set",
    ("Bộ tiêu chí", "Set"),
    (
        Column("name", ("Mục", "Item"), TEXT, 30, needed=True),
        Column("value", ("Giá trị", "Value"), TEXT, 60),
        Column("help", ("Giải thích", "Explanation"), TEXT, 50, echo=True),
    ),
)
SHEETS = (SET, TREE, RULES, STEPS, INPUTS, GRADES, SOURCES)
HOW_TO: Pair = ("Hướng dẫn", "How to")
# Which rows of STEPS a kind has: (key of its list in SET.json, keys of one step).
STEPS_OF = {
    "level": ("options", ("key", "title.vi", "title.en", "fraction")),
    "tiers": ("tiers", ("min", "fraction")),
    "deadline": ("late", ("days", "fraction")),
}
