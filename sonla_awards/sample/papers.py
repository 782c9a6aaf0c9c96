"""Small synthetic PDF documents that stand as evidence in the sample years."""

from functools import cache

import typst

_SOURCE = """
#set page(paper: "a4", margin: 25mm)
#set text(font: "Be Vietnam Pro", size: 12pt, lang: "vi")
#align(center)[*DỮ LIỆU MINH HỌA*]
#v(2em)
#align(center)[Tài liệu kiểm chứng giả lập, chỉ dùng cho bản thử.]
#v(1em)
#align(center)[Không có giá trị pháp lý.]
"""


@cache
def _page(fonts: str) -> bytes:
    return typst.compile(_SOURCE.encode(), font_paths=[fonts], ignore_system_fonts=True)


def paper(*, mark: str, fonts: str) -> bytes:
    """A one-page PDF; `mark` (a comment after the end of the file) makes the bytes of each one differ."""
    return _page(fonts) + f"\n% {mark}\n".encode()
