"""What the papers say, as data for the templates. Official documents are Vietnamese by nature (Nghị định 30/2020/NĐ-CP)."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from nominations.certifying import pdf
from nominations.certifying.wording import day_in_words, detail_of, merit_of, signer_lines
from nominations.enums import DecisionState, Subject
from nominations.models import Certificate, Decision, DecisionItem

SAMPLE_NOTE = "Bản minh họa, không có giá trị"
# The frame of the law in force (domain.md 3); the movement's and the ranking's decisions follow from the data.
LAW = (
    "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15;",
    "Căn cứ Nghị định số 152/2025/NĐ-CP của Chính phủ;",
)
SENT_TO = ("- Như Điều 3;", "- Chủ tịch, các Phó Chủ tịch UBND tỉnh;", "- Lưu: VT, SNV.")
SUBJECTS = {Subject.COLLECTIVE: "TẬP THỂ", Subject.PERSON: "CÁ NHÂN"}


def verify_address(certificate: Certificate) -> str:
    """What the QR code says: the public check by the secret token."""
    return settings.SITE_URL + reverse("verify_code", kwargs={"code": certificate.token})


def certificates_pdf(certificates: list[Certificate]) -> bytes:
    """One page for each. Needs decision and cycle at hand."""
    first = certificates[0]
    is_sample = any(certificate.decision.cycle.is_sample for certificate in certificates)
    data = {
        "title": f"{first.award.title} {first.book_number}",
        "note": SAMPLE_NOTE if is_sample else "",
        "certificates": [_certificate(certificate) for certificate in certificates],
    }
    return pdf.render("certificate", data, made_at=first.issued_at)


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
    """The decision with its list. `bases` are those of the year (see `selectors.bases_of`)."""
    award, is_draft = decision.award, decision.state == DecisionState.DRAFT
    number = f"Số:          /{award.symbol}" if is_draft else f"Số: {decision.number}"
    day = "ngày      tháng      năm" if is_draft else day_in_words(decision.dated_on)
    data = {
        "title": f"Quyết định {decision.number}".strip(),
        "note": SAMPLE_NOTE if decision.cycle.is_sample else "",
        "draft": is_draft,
        "superior_lines": award.superior_lines,
        "office_lines": award.office_lines,
        "number": number,
        "place_and_date": f"Sơn La, {day}",
        "subject": f"Về việc tặng {award.full_title}",
        "authority": award.authority_upper,
        "bases": [*LAW, *bases],
        "articles": _articles(decision, items),
        "sent_to": SENT_TO,
        "signer_lines": signer_lines(award, decision.signer_position),
        "signer_name": decision.signer_name,
        "list_title": f"Được tặng {award.full_title}",
        "list_note": f"(Kèm theo Quyết định {number.replace('Số:', 'số')} {day} của {award.authority})",
        "sections": _sections(items),
    }
    return pdf.render("decision", data, made_at=decision.signed_at or decision.drafted_at)


def _articles(decision: Decision, items: list[DecisionItem]) -> list[str]:
    counts = {
        subject: sum(item.nomination.subject == subject for item in items)
        for subject in (Subject.COLLECTIVE, Subject.PERSON)
    }
    whom = " và ".join(f"{n:02d} {SUBJECTS[subject].lower()}" for subject, n in counts.items() if n)
    merit = merit_of(decision)
    return [
        f"Tặng {decision.award.full_title} cho {whom} {merit[0].lower()}{merit[1:]} (có danh sách kèm theo).",
        "Tiền thưởng kèm theo thực hiện theo quy định hiện hành.",
        "Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ, "
        "thủ trưởng các cơ quan, đơn vị có liên quan và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm "
        "thi hành Quyết định này./.",
    ]


def _sections(items: list[DecisionItem]) -> list[dict[str, Any]]:
    sections = []
    for subject, title in SUBJECTS.items():
        chosen = [item.nomination for item in items if item.nomination.subject == subject]
        if not chosen:
            continue
        rows = [
            (str(place), one.recipient_name, "" if subject == Subject.COLLECTIVE else detail_of(one))
            for place, one in enumerate(chosen, 1)
        ]
        sections.append({"mark": "I" if not sections else "II", "title": title, "rows": rows})
    return sections
