"""The few looks of a cell, by name, and styles.xml made of them."""

from typing import NamedTuple

from .cells import escaped

FONT = "Times New Roman"


class Look(NamedTuple):
    """`font` and `fill` are positions below; `form` is a number format; `across` is the horizontal place."""

    font: int = 0
    fill: int = 0
    form: str = "General"
    across: str = ""
    wraps: bool = False
    framed: bool = True


_FONTS = (
    f'<font><sz val="11"/><name val="{FONT}"/></font>',
    f'<font><b/><sz val="11"/><name val="{FONT}"/></font>',
    f'<font><b/><sz val="15"/><name val="{FONT}"/></font>',
    f'<font><sz val="9"/><name val="{FONT}"/></font>',
    f'<font><i/><sz val="10"/><color rgb="FF555555"/><name val="{FONT}"/></font>',
)
_FILLS = ("", "", "FFDDE7F3", "FFFFF6D6", "FFE9F5E6")
_HEAD, _CHANGEABLE, _OURS = 2, 3, 4


def looks(places: int) -> dict[str, Look]:
    """`places` decimals for printed points; what is not rounded yet shows four more."""
    printed, longer = "0" + ("." + "0" * places if places else ""), "0." + "0" * places + "####"
    return {
        "plain": Look(framed=False, wraps=True),
        "title": Look(font=2, framed=False),
        "aside": Look(font=4, framed=False),
        "strong": Look(font=1, framed=False, wraps=True),
        "text": Look(),
        "wrapped": Look(wraps=True),
        "head": Look(font=1, fill=_HEAD, across="center", wraps=True),
        "small_head": Look(font=3, fill=_HEAD, across="center", wraps=True),
        "number": Look(),
        "points": Look(form=printed, across="right"),
        "exact": Look(form=longer, across="right"),
        "key": Look(form=f"[<-999999999999]\\–;{longer}", across="right"),
        "moment_key": Look(form="[>999999999999]\\–;dd/mm/yyyy hh:mm:ss", across="right"),
        "rank": Look(form="0", across="center"),
        "centred": Look(across="center"),
        "maximum": Look(font=1, fill=_HEAD, form=longer, across="center"),
        "input": Look(fill=_CHANGEABLE),
        "input_text": Look(fill=_CHANGEABLE, form="@"),
        "input_wrapped": Look(fill=_CHANGEABLE, form="@", wraps=True),
        "input_day": Look(fill=_CHANGEABLE, form="dd/mm/yyyy", across="center"),
        "moment": Look(fill=_CHANGEABLE, form="dd/mm/yyyy hh:mm:ss", across="center"),
        "ours": Look(fill=_OURS, across="center"),
        "our_points": Look(fill=_OURS, form=printed, across="right"),
        "our_rank": Look(fill=_OURS, form="0", across="center"),
        "count": Look(font=2, form="0", across="center"),
    }


def styles_xml(places: int) -> tuple[str, dict[str, int]]:
    """styles.xml, and the position of each look in it."""
    found = looks(places)
    forms = {form: 164 + place for place, form in enumerate(dict.fromkeys(look.form for look in found.values()))}
    numbers = "".join(f'<numFmt numFmtId="{code}" formatCode="{escaped(form)}"/>' for form, code in forms.items())
    side = "<{0} style='thin'><color rgb='FFB5BDC7'/></{0}>"
    frame = "".join(side.format(name) for name in ("left", "right", "top", "bottom"))
    xml = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<numFmts count="{len(forms)}">{numbers}</numFmts>'
        f'<fonts count="{len(_FONTS)}">{"".join(_FONTS)}</fonts>'
        f'<fills count="{len(_FILLS)}">{"".join(map(_fill, range(len(_FILLS))))}</fills>'
        f'<borders count="2"><border/><border>{frame}</border></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(found)}">{"".join(_format(look, forms) for look in found.values())}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        '<dxfs count="1"><dxf><font><b/><color rgb="FF9C0006"/></font>'
        '<fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf></dxfs></styleSheet>'
    )
    return xml, {name: position for position, name in enumerate(found)}


def _fill(position: int) -> str:
    if position < 2:  # the format reserves the first two
        return f'<fill><patternFill patternType="{("none", "gray125")[position]}"/></fill>'
    return f'<fill><patternFill patternType="solid"><fgColor rgb="{_FILLS[position]}"/></patternFill></fill>'


def _format(look: Look, forms: dict[str, int]) -> str:
    across = f' horizontal="{look.across}"' if look.across else ""
    vertical = "center" if look.framed else "top"
    wraps = ' wrapText="1"' if look.wraps else ""
    return (
        f'<xf numFmtId="{forms[look.form]}" fontId="{look.font}" fillId="{look.fill}" borderId="{int(look.framed)}"'
        ' xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment{across} vertical="{vertical}"{wraps}/></xf>'
    )
