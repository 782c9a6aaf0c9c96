"""Papers as PDF. Data goes to typst as JSON and never becomes markup; faces come with the product, not from the machine."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings

TEMPLATES = settings.ROOT / "data" / "typst"
FONTS = settings.ROOT / "data" / "fonts"
# The mask search is five times the work of the code itself; a fixed mask reads as well.
QR_MASK = 2


def render(template: str, data: dict[str, Any], *, made_at: datetime, ppi: int | None = None) -> bytes:
    """The PDF of `data/typst/<template>.typ`, or with `ppi` a PNG of its one page. The same data and moment give the same bytes."""
    import typst  # noqa: PLC0415 - 80 MB that only this function needs

    return typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(settings.ROOT),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(made_at.timestamp()),
        **({"format": "png", "ppi": ppi} if ppi else {"format": "pdf"}),
    )


def qr_rows(address: str) -> list[str]:
    """The modules of a QR code, row by row as "0" and "1", without the quiet zone; level M."""
    import segno  # noqa: PLC0415 - as above

    code = segno.make(address, error="m", mask=QR_MASK, micro=False, boost_error=False)
    return ["".join(str(int(module)) for module in row) for row in code.matrix]
