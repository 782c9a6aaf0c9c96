"""The districts that communes belonged to before July 2025, as the reader's language writes them."""

from django.utils.translation import get_language

from core.collation import fold

_KINDS = {"Huyện": "District", "Thị xã": "Town", "Thành phố": "City"}


def district_label(name: str) -> str:
    """“Huyện Bắc Yên”, in English “Bac Yen District”; a name of no known kind stays as it is."""
    kind = next((kind for kind in _KINDS if name.startswith(f"{kind} ")), "")
    if get_language() != "en" or not kind:
        return name
    return f"{fold(name.removeprefix(kind)).title()} {_KINDS[kind]}"
