"""The columns of a sheet of lines, alike on every sheet, for who writes them and who reads them back."""

import unicodedata
from dataclasses import dataclass

from core.workbook import Limits

# Raised when a file of an earlier make can no longer be read.
TEMPLATE = "1"
LIMITS = Limits(bytes=2 * 1024 * 1024, rows=10_000, columns=100)
# Names of the sheets that nobody sees.
IDENTITY_SHEET, LISTS_SHEET = "_mau", "_danh_muc"
HEAD_ROW = 5


@dataclass(frozen=True)
class Column:
    """`width` in characters. What is typed stands in `is_input` columns, all others are locked."""

    name: str
    heading: str
    width: float
    is_input: bool = False
    is_hidden: bool = False


COLUMNS = (
    Column("code", "Mã", 11),
    Column("title", "Tiêu chí và cách tính điểm", 40),
    Column("max_points", "Điểm tối đa", 7),
    Column("asked", "Nội dung kê khai", 25),
    Column("value", "Số liệu", 15, is_input=True),
    Column("unit", "Đơn vị tính", 11),
    Column("explanation", "Thuyết minh", 27, is_input=True),
    Column("not_applicable", "Đề nghị không áp dụng", 9, is_input=True),
    Column("points", "Điểm tự chấm (tạm tính)", 9),
    Column("last_value", "Năm trước: kê khai", 15),
    Column("last_points", "Năm trước: điểm thẩm định", 9),
    Column("evidence", "Số tài liệu", 7),
    Column("token", "Khóa dòng (không sửa)", 12, is_hidden=True),
)
PLACE = {column.name: number for number, column in enumerate(COLUMNS, 1)}
INPUTS = tuple(column.name for column in COLUMNS if column.is_input)
# What is read of a row: the rest is shown only.
NEEDED = ("code", "asked", *INPUTS, "token")


def plainly(text: str) -> str:
    """For comparing what people may have typed anew: composed, one space between words, small letters."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


BY_HEADING = {plainly(column.heading): column.name for column in COLUMNS}
HEADING = {column.name: column.heading for column in COLUMNS}
