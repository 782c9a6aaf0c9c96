"""What one input cell takes: its rule of Excel's own, with the prompt that appears beside it, and its value as it stands."""

from datetime import date
from decimal import Decimal

from openpyxl.worksheet.datavalidation import DataValidation

from core.workbook.paper import WHOLE
from scoring.engine.model import Leaf
from scoring.filing.excel.lists import YES, Lists, labels_of
from scoring.inputs import LARGEST, Input

DAY_FORMAT, TEXT_FORMAT = "dd/mm/yyyy", "@"
_FIRST_DAY, _LAST_DAY = "DATE(2000,1,1)", "DATE(2100,12,31)"
_PROMPT_LIMIT = 250


def rule_of(leaf: Leaf, one: Input, lists: Lists) -> DataValidation:
    """Excel refuses at once what the product would refuse later."""
    if one.type == "choice":
        return _choice(leaf, one, lists)
    if one.type == "date":
        words = "Nhập ngày, ví dụ 15/03/2026."
        return _rule("date", words, "Ô này nhận ngày từ 01/01/2000 đến 31/12/2100.", "between", _FIRST_DAY, _LAST_DAY)
    spec = next(spec for spec in leaf.rule.specs if spec.name == one.name)
    most = leaf.max_points if spec.at_most_max else LARGEST
    least = 0 if spec.at_least_zero or one.type == "integer" else -LARGEST
    bounds = ("between", str(least), str(most))
    unit = f" Đơn vị tính: {one.unit}." if one.unit else ""
    at_most = f" Nhiều nhất {str(most).replace('.', ',')}." if spec.at_most_max else ""
    if one.type == "integer":
        words = f"Nhập số nguyên, chỉ gồm chữ số, ví dụ 1234.{unit}"
        return _rule("whole", words, "Ô này nhận số nguyên không âm, chỉ gồm chữ số, ví dụ 1234.", *bounds)
    words = f"Nhập một số, ví dụ 9,5.{unit}{at_most}"
    return _rule("decimal", words, f"Ô này nhận một số, ví dụ 9,5.{at_most}", *bounds)


def _choice(leaf: Leaf, one: Input, lists: Lists) -> DataValidation:
    if leaf.rule.kind == "level" and leaf.rule.combine == "one":
        source, words = lists.range_of(leaf.code), "Chọn một mức trong danh sách."
    else:
        source, words = f'"{",".join(labels_of(one))}"', "Chọn Có hoặc Không."
    return _rule("list", words, words, None, source)


def not_applicable_rule() -> DataValidation:
    words = "Chọn Có nếu tiêu chí không áp dụng cho đơn vị, và ghi lý do ở cột Thuyết minh. Người thẩm định quyết định."
    return _rule("list", words, "Chọn Có hoặc để trống.", None, f'"{YES}"')


def explanation_rule(limit: int) -> DataValidation:
    words = f"Ghi rõ căn cứ, hoặc lý do chưa có số liệu. Nhiều nhất {limit} ký tự."
    return _rule("textLength", words, f"Nhiều nhất {limit} ký tự.", "lessThanOrEqual", str(limit))


def _rule(kind: str, prompt: str, error: str, operator: str | None, first: str, second: str | None = None):
    rule = DataValidation(type=kind, operator=operator, formula1=first, formula2=second, allow_blank=True)
    rule.showErrorMessage = rule.showInputMessage = True
    rule.promptTitle, rule.prompt = "Cách nhập", prompt[:_PROMPT_LIMIT]
    rule.errorTitle, rule.error = "Chưa đúng", error[:_PROMPT_LIMIT]
    return rule


def format_of(one: Input) -> str:
    return {"choice": TEXT_FORMAT, "date": DAY_FORMAT, "integer": WHOLE}.get(one.type, "General")


def shown_in_cell(one: Input, value: str | None) -> str | int | Decimal | date | None:
    """As what Excel keeps it. A number with more digits than Excel keeps is written as text, so that none is lost."""
    if value is None:
        return None
    if one.type == "choice":
        return next(label for label, key in labels_of(one).items() if key == value)
    if one.type == "date":
        return date.fromisoformat(value)
    number = Decimal(value)
    if Decimal(repr(float(number))) != number or len(number.normalize().as_tuple().digits) > 15:
        return value.replace(".", ",")
    return int(number) if one.type == "integer" else number
