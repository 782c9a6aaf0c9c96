"""Names of sheets by Excel's rules: 31 characters, some of them forbidden, each name once whatever its case."""

import re

_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST = 31


def sheet_name(text: str, taken: set[str], otherwise: str = "Bảng") -> str:
    """A name near to `text` that is not in `taken` (folded for case), which it then is. `otherwise` where nothing is left."""
    base = " ".join(_FORBIDDEN.sub(" ", text).split())[:_LONGEST].strip() or otherwise
    name, number = base, 2
    while name.casefold() in taken:
        ending = f" {number}"
        name, number = base[: _LONGEST - len(ending)] + ending, number + 1
    taken.add(name.casefold())
    return name
