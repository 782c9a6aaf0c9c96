"""What a form of commendation is called on pages and on paper."""

import pytest
from django.utils.translation import override

from nominations.enums import AwardForm
from nominations.models import AWARDS


@pytest.mark.parametrize(
    ("language", "label", "full"),
    [
        ("vi", "Bằng khen", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Sơn La"),
        ("en", "Certificate of merit (Bằng khen)", "Certificate of merit (Bằng khen)"),
    ],
)
def test_pages_name_an_award_in_the_language_of_the_reader(language, label, full):
    award = AWARDS[AwardForm.BANG_KHEN]

    with override(language):
        assert (award.label, award.full_label) == (label, full)
        assert (award.title, award.full_title[:9]) == ("Bằng khen", "Bằng khen")
