"""How to fill the workbook in, for the sheet that says so. Both languages stand here, as all words of the workbook do."""

from scoring.criteria.workbook.layout import GRADES, INPUTS, RULES, SET, SOURCES, STEPS, TREE, Pair

_LINES: tuple[tuple[Pair, Pair], ...] = (
    (
        ("Tệp này là gì", "What this is"),
        (
            "Một bộ tiêu chí trọn vẹn. Sửa xong, nộp lại ở Bộ tiêu chí, Nhập từ tệp: hệ thống kiểm tra trước, chưa ghi gì; "
            "xác nhận rồi mới thành bản nháp.",
            "A whole criteria set. After editing send it in under Criteria sets, Import: it is checked first and nothing is "
            "written; it becomes a draft when confirmed.",
        ),
    ),
    (
        ("Quy tắc chung", "In general"),
        (
            "Giữ tên trang và tên cột; thứ tự cột không quan trọng. Cột có dấu * phải điền. Chỉ dán giá trị: không công thức, "
            "không gộp ô, không ẩn cột hay dòng. Cột “chỉ để đọc” không được đọc lại.",
            "Keep the names of sheets and columns; the order of columns does not matter. Columns with * are needed. Values "
            "only: no formulas, no joined cells, no hidden columns or rows. Columns “to read only” are not read back.",
        ),
    ),
    (
        SET.said,
        (
            "Mỗi dòng một quyết định của cả bộ: mã, năm, tên, căn cứ, cách làm tròn, xếp hạng, phân định.",
            "One decision of the whole set per row: code, year, titles, source, rounding, ranks, ties.",
        ),
    ),
    (
        TREE.said,
        (
            "Mỗi dòng một nhóm, một tiêu chí hoặc một dòng cộng/trừ ngoài cây, theo thứ tự trình bày. “Thuộc nhóm” là mã của nhóm "
            "chứa nó; để trống ở nhóm gốc và ở dòng cộng/trừ. Điểm tối đa của nhóm, nếu ghi, phải bằng số tính từ các mục con. "
            "Trọng số chỉ ghi khác 1 dưới nhóm tính trung bình có trọng số hoặc trung bình nhân.",
            "One group, criterion or adjustment beside the tree per row, in the order of print. “In the group” is the code of "
            "the group it stands in; empty for the root and for adjustments. The maximum of a group, where given, must be what "
            "its children make. A weight other than 1 only under a weighted or geometric mean.",
        ),
    ),
    (
        RULES.said,
        (
            "Mỗi tiêu chí một dòng: kiểu tính và các tham số. Tên cột bắt đầu bằng tên kiểu: chỉ điền cột của kiểu đã chọn. "
            "Tỷ lệ điểm là phần của điểm tối đa, từ 0 đến 1; mốc của kiểu Tỷ lệ tính bằng phần trăm.",
            "One row per criterion: its kind and parameters. A column's name begins with the kind it belongs to: fill in those "
            "of the chosen kind only. Shares of points are 0 to 1 of the maximum; bounds of a ratio are percents.",
        ),
    ),
    (
        STEPS.said,
        (
            "Mỗi dòng một mức (kiểu Mức), một bậc (kiểu Bậc) hoặc một nấc chậm hạn (kiểu Thời hạn) của tiêu chí ở cột Mã.",
            "One level, tier or step of lateness per row, of the criterion in the column Code.",
        ),
    ),
    (
        INPUTS.said,
        (
            "Nhãn và đơn vị tính của từng ô kê khai. Trường: value, a, b, date, option, points, part:KHÓA; với Công thức là tên "
            "đầu vào, theo đúng thứ tự.",
            "Label and unit of each field that is declared. Fields: value, a, b, date, option, points, part:KEY; for a formula "
            "the names of its inputs, in their order.",
        ),
    ),
    (GRADES.said, ("Mỗi mức xếp loại một dòng: đạt khi tổng điểm từ số ghi ở đây.", "One grade per row: from these points up.")),
    (
        SOURCES.said,
        (
            "Số liệu từ đâu, ai thẩm định, tài liệu kiểm chứng nào, căn cứ nào của từng tiêu chí.",
            "Where figures come from, who appraises, which evidence, which source, criterion by criterion.",
        ),
    ),
    (
        ("Số và chữ", "Numbers and text"),
        (
            "Dấu thập phân: phẩy hoặc chấm, không ngăn cách hàng nghìn. Số dài quá 15 chữ số ghi dạng văn bản vì Excel không giữ "
            "được. Mã như 1.10 để dạng văn bản. Chữ mà ô không giữ được (dấu cách ở đầu, ký tự ẩn) được ghi dạng json:\"…\".",
            "Decimal comma or point, no separators of thousands. Numbers of more than 15 digits are text, because Excel loses "
            "the rest. Codes such as 1.10 stay text. Text that a cell would lose (leading spaces, hidden characters) is written "
            "as json:\"…\".",
        ),
    ),
)  # fmt: skip


def guide_lines(said: int) -> list[tuple[str, str]]:
    return [(name[said], text[said]) for name, text in _LINES]
