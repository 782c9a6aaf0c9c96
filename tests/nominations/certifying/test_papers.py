"""The papers: every letter can be read back, the data never become markup, the code leads home."""

import io
from datetime import date

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from core import pdf
from core.official.words import day_in_words
from nominations.certifying import papers
from nominations.certifying.revocation_papers import revocation_pdf
from nominations.certifying.selectors import bases_of, items_of, revocations_of
from nominations.certifying.wording import signer_lines
from nominations.enums import AwardForm
from nominations.models import AWARDS, Certificate, Decision
from scoring.models import Cycle
from tests.nominations.certifying.revoking import FACTS, revoked
from tests.nominations.certifying.test_services import approved_person
from tests.nominations.thin import NOMINATED, SIGNED

pytestmark = pytest.mark.django_db
# Every vowel with every tone, and đ: what a name can hold.
LETTERS = (
    "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴ"
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
)


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def certified(awards, name: str, **changes) -> Certificate:
    with awards.on(NOMINATED):
        made = awards.ready(awards.nominate_person(1, name, **changes))
    return Certificate.objects.select_related("decision__cycle").get(pk=awards.issued(awards.approved(made))[0].pk)


def test_every_vietnamese_letter_of_a_name_can_be_read_back(awards):
    text = text_of(papers.certificates_pdf([certified(awards, f"Bà {LETTERS}")])).replace(" ", "")

    assert len(set(LETTERS)) == 134
    assert LETTERS in text
    for piece in ("CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM", "Độclập-Tựdo-Hạnhphúc", "LêQuangHòa", "415/QĐ-UBND", "0001/2027"):
        assert piece in text


@pytest.mark.parametrize(
    "name", ['#panic("x")', "$x$ *b* _i_ `c`", '"; #import "a.typ"', "\\u{0}@ref <label>", "= Title", "// end /* */"]
)
def test_a_name_is_never_markup(awards, name):
    text = text_of(papers.certificates_pdf([certified(awards, name)])).replace(" ", "")

    assert name.replace(" ", "") in text


def test_a_sample_says_so_and_a_real_one_does_not(awards):
    certificate = certified(awards, "Bà Lò Thị Hương")
    sample = text_of(papers.certificates_pdf([certificate]))
    Cycle.objects.update(is_sample=False)
    certificate = Certificate.objects.select_related("decision__cycle").get()

    assert papers.SAMPLE_NOTE in sample
    assert papers.SAMPLE_NOTE not in text_of(papers.certificates_pdf([certificate]))


def test_the_same_certificate_gives_the_same_bytes(awards):
    certificate = certified(awards, "Bà Lò Thị Hương")

    assert papers.certificates_pdf([certificate]) == papers.certificates_pdf([certificate])


def test_each_certificate_is_one_page_and_its_code_leads_to_the_check(awards, settings):
    certificate = certified(awards, "Bà Lò Thị Hương")
    reader = PdfReader(io.BytesIO(papers.certificates_pdf([certificate, certificate])))

    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages]
    assert sizes == [(842, 595)] * 2
    assert papers.verify_address(certificate) == f"{settings.SITE_URL}/verify/{certificate.token}/"


def read_codes(certificate: Certificate, ppi: int) -> list[str]:
    picture = pdf.render("certificate", papers.certificate_data([certificate]), made_at=SIGNED, ppi=ppi)
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    return [(one.format.name, one.text) for one in found]


@pytest.mark.parametrize("ppi", [100, 150, 300])
def test_a_camera_reads_the_address_of_the_check_from_the_picture(awards, ppi):
    certificate = certified(awards, "Bà Lò Thị Hương")

    assert read_codes(certificate, ppi) == [("QRCode", papers.verify_address(certificate))]


def test_a_very_long_name_stays_on_one_page(awards):
    certificate = certified(awards, "Ông " + "Nguyễn " * 27, person_position="Chuyên viên " * 16)

    data = papers.certificates_pdf([certificate])

    assert len(PdfReader(io.BytesIO(data)).pages) == 1


def test_the_qr_code_has_the_size_of_its_version():
    rows = pdf.qr_rows("https://thidua.sonla.gov.vn/verify/" + "a" * 22 + "/")

    assert {len(row) for row in rows} == {len(rows)}
    assert (len(rows) - 17) % 4 == 0
    assert rows[0].startswith("11111110")


def test_a_decision_is_laid_out_with_its_grounds_articles_and_list(awards):
    awards.signed()
    decision = Decision.objects.select_related("cycle__movement").get()

    text = text_of(papers.decision_pdf(decision, items_of(decision), bases=bases_of(decision)))

    for piece in (
        "Số: 415/QĐ-UBND",
        "Sơn La, ngày 14 tháng 3 năm 2027",
        "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15;",
        "Căn cứ Quyết định số 253/QĐ-UBND ngày 17/02/2023 về phong trào thi đua",
        "Căn cứ Quyết định số 312/QĐ-UBND ngày 01 tháng 02 năm 2027 công bố kết quả xếp hạng năm 2026",
        "tại phiên họp ngày 04 tháng 3 năm 2027.",
        "Điều 1. Tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Sơn La cho 01 tập thể đã có thành tích",
        "Kèm theo Quyết định số 415/QĐ-UBND ngày 14 tháng 3 năm 2027",
        "Ủy ban nhân dân xã Ngọc Chiến",
        "Lê Quang Hòa",
        papers.SAMPLE_NOTE,
    ):
        assert piece in text
    assert "DỰ THẢO" not in text


def decision_text(awards, *nominations, signed: bool = True) -> str:
    decision = awards.signed(*nominations) if signed else awards.drafted(*nominations)
    decision = Decision.objects.select_related("cycle__movement").get(pk=decision.pk)
    with awards.on(SIGNED):
        return text_of(papers.decision_pdf(decision, items_of(decision), bases=bases_of(decision)))


def test_the_second_article_states_each_bonus_and_the_sum_in_words(awards):
    text = decision_text(awards, awards.approved(), approved_person(awards))

    for piece in (
        "mức lương cơ sở 2.530.000 đồng: mỗi tập thể 7.590.000 đồng (hệ số 3), mỗi cá nhân 3.795.000 đồng (hệ số 1,5).",
        "Tổng số tiền thưởng là 11.385.000 đồng (Bằng chữ: Mười một triệu ba trăm tám mươi lăm nghìn đồng)",
    ):
        assert piece in text
    assert "Dự kiến" not in text


def test_a_sum_of_a_hundred_million_stays_on_one_line_of_the_list(awards):
    awards.signed()
    decision = Decision.objects.select_related("cycle__movement").get()
    items = items_of(decision)
    items[0].bonus_vnd = 148_005_000

    pages = PdfReader(io.BytesIO(papers.decision_pdf(decision, items, bases=bases_of(decision)))).pages

    assert pages[-1].extract_text(extraction_mode="layout").count("148.005.000 đồng") == 2


def test_a_draft_states_the_bonus_of_today_as_expected(awards):
    text = decision_text(awards, awards.approved(), signed=False)

    assert "7.590.000 đồng" in text
    assert f"[Dự kiến theo mức của ngày {SIGNED:%d/%m/%Y}" in text


def test_a_revoking_decision_says_what_is_taken_back_and_why(awards):
    certificate = awards.issued(awards.approved(), approved_person(awards))[1]
    decision = Decision.objects.select_related("cycle").get(pk=revoked(awards, certificate).pk)

    text = text_of(revocation_pdf(decision, revocations_of(decision)))

    for piece in (
        "Số: 987/QĐ-UBND",
        "Về việc hủy bỏ Quyết định tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Sơn La",
        "thu hồi hiện vật khen thưởng, tiền thưởng",
        "tại Quyết định số 415/QĐ-UBND ngày 14 tháng 3 năm 2027 đối với 01 cá nhân",
        "do gian dối trong việc kê khai thành tích",
        "(điểm a khoản 2 Điều 93 Luật Thi đua, khen thưởng số 06/2022/QH15)",
        FACTS,
        "Thu hồi Bằng khen và tiền thưởng đã nhận: 3.795.000 đồng",
        "Ba triệu bảy trăm chín mươi lăm nghìn đồng",
        "Ông Lò Văn Ẵm",
        "0002/2027",
    ):
        assert piece in text
    assert "Ngọc Chiến" not in text


def test_a_draft_says_so_and_has_neither_number_nor_signer(awards):
    awards.drafted()
    decision = Decision.objects.select_related("cycle__movement").get()

    text = text_of(papers.decision_pdf(decision, items_of(decision), bases=bases_of(decision)))

    assert "DỰ THẢO" in text
    assert "Lê Quang Hòa" not in text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 3, 5), "ngày 05 tháng 3 năm 2027"),
        (date(2027, 2, 15), "ngày 15 tháng 02 năm 2027"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_days_in_documents(day, words):
    assert day_in_words(day) == words


def test_a_deputy_signs_for_the_head():
    award = AWARDS[AwardForm.BANG_KHEN]

    assert signer_lines(award, "Phó Chủ tịch Ủy ban nhân dân tỉnh") == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert signer_lines(award, "Chủ tịch Ủy ban nhân dân tỉnh") == ["CHỦ TỊCH"]
