"""What the papers say, as data for the templates. Official documents are Vietnamese by nature (Nghị định 30/2020/NĐ-CP)."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from core import clock, pdf
from core.official.words import day_in_words
from nominations.certifying.money import coefficient_text, in_figures, in_words
from nominations.certifying.rates import show_expected, total_vnd
from nominations.certifying.wording import detail_of, merit_of, signer_lines
from nominations.enums import DecisionState, Subject
from nominations.models import Certificate, Decision, DecisionItem, Nomination

SAMPLE_NOTE = "Bản minh họa, không có giá trị"
# The frame of the law in force (domain.md 3); the movement's and the ranking's decisions follow from the data.
LAW = (
    "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15;",
    "Căn cứ Nghị định số 152/2025/NĐ-CP của Chính phủ;",
)
SENT_TO = ("- Như Điều 3;", "- Chủ tịch, các Phó Chủ tịch UBND tỉnh;", "- Lưu: VT, SNV.")
EXECUTION = (
    "Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ, "
    "thủ trưởng các cơ quan, đơn vị có liên quan và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm "
    "thi hành Quyết định này./."
)
SUBJECTS = {Subject.COLLECTIVE: "TẬP THỂ", Subject.PERSON: "CÁ NHÂN"}
# Columns of the list: width in millimetres or as a share of what is left.
COLUMNS = [
    {"head": "TT", "mm": 12},
    {"head": "Tên tập thể, cá nhân", "share": 1.1},
    {"head": "Chức vụ, đơn vị", "share": 1},
]
BONUS = {"head": "Tiền thưởng", "mm": 39}


def verify_address(certificate: Certificate) -> str:
    """What the QR code says: the public check by the secret token."""
    return settings.SITE_URL + reverse("verify_code", kwargs={"code": certificate.token})


def certificates_pdf(certificates: list[Certificate]) -> bytes:
    """One page for each. Needs decision and cycle at hand."""
    return pdf.render("certificate", certificate_data(certificates), made_at=certificates[0].issued_at)


def certificate_data(certificates: list[Certificate]) -> dict[str, Any]:
    first = certificates[0]
    is_sample = any(certificate.decision.cycle.is_sample for certificate in certificates)
    return {
        "title": f"{first.award.title} {first.book_number}",
        "note": SAMPLE_NOTE if is_sample else "",
        "certificates": [_certificate(certificate) for certificate in certificates],
    }


def _certificate(certificate: Certificate) -> dict[str, Any]:
    award, decision = certificate.award, certificate.decision
    day = day_in_words(decision.dated_on)
    host = settings.SITE_URL.partition("://")[2]
    return {
        "form": certificate.form,
        "title": award.title.upper(),
        "authority": award.authority_upper,
        "recipient": certificate.recipient_name,
        "detail": certificate.recipient_detail,
        "merit": certificate.merit,
        "place_and_date": f"Sơn La, {day}",
        "signer_lines": signer_lines(award, decision.signer_position),
        "signer_name": decision.signer_name,
        "register_lines": [
            f"Quyết định số {decision.number}",
            day,
            f"Số sổ vàng: {certificate.book_number}",
        ],
        "code": certificate.printed_code,
        "check_at": f"Kiểm tra tại {host}{reverse('verify')}",
        "qr": pdf.qr_rows(verify_address(certificate)),
    }


def decision_pdf(decision: Decision, items: list[DecisionItem], *, bases: Iterable[str]) -> bytes:
    """A decision on an award with its list. `bases` are those of the year (see `selectors.bases_of`)."""
    show_expected(decision, items)
    total = total_vnd(items)
    data = frame_of(decision) | {
        "subject": f"Về việc tặng {decision.award.full_title}",
        "bases": [*LAW, *bases],
        "articles": [_first_article(decision, items), _second_article(decision, items), EXECUTION],
        "list_title": f"Được tặng {decision.award.full_title}",
        "columns": [*COLUMNS, BONUS] if total else COLUMNS,
        "sections": sections_of([(item.nomination, [in_figures(item.bonus_vnd)] if total else []) for item in items]),
        "total": in_figures(total) if total else "",
    }
    return pdf.render("decision", data, made_at=decision.signed_at or decision.drafted_at)


def frame_of(decision: Decision) -> dict[str, Any]:
    """Heads, number, date, signature: what every decision has."""
    award, is_draft = decision.award, decision.state == DecisionState.DRAFT
    number = f"Số:          /{award.symbol}" if is_draft else f"Số: {decision.number}"
    day = "ngày      tháng      năm" if is_draft else day_in_words(decision.dated_on)
    return {
        "title": f"Quyết định {decision.number}".strip(),
        "note": SAMPLE_NOTE if decision.cycle.is_sample else "",
        "draft": is_draft,
        "superior_lines": award.superior_lines,
        "office_lines": award.office_lines,
        "number": number,
        "place_and_date": f"Sơn La, {day}",
        "authority": award.authority_upper,
        "sent_to": SENT_TO,
        "signer_lines": signer_lines(award, decision.signer_position),
        "signer_name": decision.signer_name,
        "list_note": f"(Kèm theo Quyết định {number.replace('Số:', 'số')} {day} của {award.authority})",
    }


def counted(nominations: Iterable[Nomination]) -> str:
    """02 tập thể và 01 cá nhân."""
    subjects = [one.subject for one in nominations]
    counts = {subject: subjects.count(subject) for subject in SUBJECTS}
    return " và ".join(f"{n:02d} {SUBJECTS[subject].lower()}" for subject, n in counts.items() if n)


def _first_article(decision: Decision, items: list[DecisionItem]) -> str:
    merit, whom = merit_of(decision), counted(item.nomination for item in items)
    return f"Tặng {decision.award.full_title} cho {whom} {merit[0].lower()}{merit[1:]} (có danh sách kèm theo)."


def _second_article(decision: Decision, items: list[DecisionItem]) -> str:
    """The bonus of each and the sum; on a draft what they are by the law of today."""
    total = total_vnd(items)
    if not total:
        return "Tiền thưởng kèm theo thực hiện theo quy định hiện hành."
    one_of = {item.nomination.subject: item for item in items}
    each = [(SUBJECTS[subject].lower(), one_of[subject]) for subject in SUBJECTS if subject in one_of]
    amounts = ", ".join(
        f"mỗi {name} {in_figures(item.bonus_vnd)} (hệ số {coefficient_text(item.coefficient)})" for name, item in each
    )
    text = (
        f"Tiền thưởng kèm theo {decision.award.title}, tính theo mức lương cơ sở "
        f"{in_figures(items[0].base_salary_vnd)}: {amounts}. Tổng số tiền thưởng là {in_figures(total)} "
        f"(Bằng chữ: {in_words(total)}), chi từ quỹ thi đua, khen thưởng theo quy định."
    )
    if decision.state == DecisionState.DRAFT:
        text += f" [Dự kiến theo mức của ngày {clock.today():%d/%m/%Y}; mức chính thức tính theo ngày ký Quyết định.]"
    return text


def sections_of(listed: Iterable[tuple[Nomination, list[str]]]) -> list[dict[str, Any]]:
    """Collectives and individuals under their headings; behind name and detail stand the further cells of each."""
    listed, sections = list(listed), []
    for subject, title in SUBJECTS.items():
        chosen = [(one, more) for one, more in listed if one.subject == subject]
        rows = [[str(n), one.recipient_name, detail_of(one), *more] for n, (one, more) in enumerate(chosen, 1)]
        if rows:
            sections.append({"mark": "I" if not sections else "II", "title": title, "rows": rows})
    return sections
