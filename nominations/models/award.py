"""What each form of commendation is on paper. Vietnamese by nature: these words stand in official documents."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language

from nominations.enums import AwardForm


@dataclass(frozen=True)
class Award:
    """`title` as printed, `authority` who grants it, `symbol` the ending of the numbers of its decisions.

    `superior_lines` and `office_lines` head its decisions; `signer_title` stands above the signature.
    """

    form: AwardForm
    title: str
    authority: str
    authority_upper: str
    symbol: str
    superior_lines: tuple[str, ...]
    office_lines: tuple[str, ...]
    signer_title: str

    @property
    def full_title(self) -> str:
        return f"{self.title} của {self.authority}"

    @property
    def label(self) -> str:
        """What pages call it, in the reader's language."""
        return capfirst(self.form.label)

    @property
    def full_label(self) -> str:
        """With who grants it where the language of the page is that of the paper."""
        return self.label if get_language() == "en" else self.full_title


# Who grants a Giấy khen is settled by the emulation plan of the year; here it is the agency that runs the scoring.
AWARDS = {
    AwardForm.BANG_KHEN: Award(
        form=AwardForm.BANG_KHEN,
        title="Bằng khen",
        authority="Chủ tịch Ủy ban nhân dân tỉnh Sơn La",
        authority_upper="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN LA",
        symbol="QĐ-UBND",
        superior_lines=(),
        office_lines=("ỦY BAN NHÂN DÂN", "TỈNH SƠN LA"),
        signer_title="CHỦ TỊCH",
    ),
    AwardForm.GIAY_KHEN: Award(
        form=AwardForm.GIAY_KHEN,
        title="Giấy khen",
        authority="Giám đốc Sở Khoa học và Công nghệ tỉnh Sơn La",
        authority_upper="GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH SƠN LA",
        symbol="QĐ-SKHCN",
        superior_lines=("ỦY BAN NHÂN DÂN TỈNH SƠN LA",),
        office_lines=("SỞ KHOA HỌC VÀ CÔNG NGHỆ",),
        signer_title="GIÁM ĐỐC",
    ),
}
