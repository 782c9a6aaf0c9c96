"""The decision that takes certificates back, in the words of the law (Luật số 06/2022/QH15, Điều 93 khoản 2)."""

from core import pdf
from core.official.words import day_in_words
from nominations.certifying.money import in_figures, in_words
from nominations.certifying.papers import COLUMNS, EXECUTION, LAW, counted, frame_of, sections_of
from nominations.enums import RevocationGround
from nominations.models import Decision, Revocation

ARTICLE = "khoản 2 Điều 93 Luật Thi đua, khen thưởng số 06/2022/QH15"
GROUNDS = {
    RevocationGround.FRAUD: "gian dối trong việc kê khai thành tích để được khen thưởng",
    RevocationGround.FALSE_PAPERS: "cung cấp thông tin sai sự thật hoặc làm giả hồ sơ, giấy tờ để được khen thưởng",
    RevocationGround.UNLAWFUL_PROPOSAL: "thẩm định, xét, duyệt, đề nghị khen thưởng trái quy định của pháp luật",
    RevocationGround.VIOLATION: "cơ quan có thẩm quyền kết luận có vi phạm trong khoảng thời gian tính thành tích "
    "dẫn đến không bảo đảm tiêu chuẩn khen thưởng",
}
RECOVERED = [{"head": "Số sổ vàng", "mm": 26}, {"head": "Tiền thưởng thu hồi", "mm": 39}]


def revocation_pdf(decision: Decision, revocations: list[Revocation]) -> bytes:
    """With the list of those who give certificate and bonus back (see `selectors.revocations_of`)."""
    award, given = decision.award, revocations[0].certificate.decision
    nominations = [one.certificate.nomination for one in revocations]
    amounts = [one.decision_item.bonus_vnd for one in nominations]
    total = None if None in amounts else sum(amounts)
    figures = ["" if amount is None else in_figures(amount) for amount in amounts]
    listed = zip(nominations, revocations, figures, strict=True)
    data = frame_of(decision) | {
        "subject": f"Về việc hủy bỏ Quyết định tặng {award.full_title} và thu hồi hiện vật khen thưởng, tiền thưởng",
        "bases": [
            *LAW,
            f"Căn cứ {_named(given)} của {award.authority} về việc tặng {award.full_title};",
            "Theo đề nghị của cơ quan tham mưu về công tác thi đua, khen thưởng.",
        ],
        "articles": [
            _first_article(revocations[0], given, counted(nominations)),
            _second_article(award.title, total),
            EXECUTION,
        ],
        "list_title": f"Bị hủy bỏ Quyết định tặng {award.title}, thu hồi hiện vật và tiền thưởng",
        "columns": [*COLUMNS, *RECOVERED],
        "sections": sections_of([(one, [row.certificate.book_number, figure]) for one, row, figure in listed]),
        "total": in_figures(total) if total else "",
    }
    return pdf.render("decision", data, made_at=decision.signed_at or decision.drafted_at)


def _named(decision: Decision) -> str:
    return f"Quyết định số {decision.number} {day_in_words(decision.dated_on)}"


def _first_article(one: Revocation, given: Decision, whom: str) -> str:
    facts = one.facts if one.facts.endswith((".", "!", "?")) else f"{one.facts}."
    return (
        f"Hủy bỏ nội dung tặng {given.award.full_title} tại {_named(given)} đối với {whom} (có danh sách kèm theo), "
        f"do {GROUNDS[one.ground]} (điểm {one.ground} {ARTICLE}). Cụ thể: {facts}"
    )


def _second_article(title: str, total: int | None) -> str:
    amount = f": {in_figures(total)} (Bằng chữ: {in_words(total)})" if total else ""
    return (
        f"Thu hồi {title} và tiền thưởng đã nhận{amount}. Tập thể, cá nhân có tên tại Điều 1 nộp lại {title} cho "
        "cơ quan tham mưu về công tác thi đua, khen thưởng và nộp lại tiền thưởng theo quy định của pháp luật."
    )
