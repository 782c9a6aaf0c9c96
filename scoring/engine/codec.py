"""SET.json to a `CriteriaSet` and back to its canonical form and identity."""

import hashlib
import json

from .checks import check_whole
from .faults import Fault, Refused
from .jsontext import parse_json
from .model import CriteriaSet
from .records import Record, Spot, Unread, write_record


def load_set(data: bytes | str, *, place: str = "set") -> CriteriaSet:
    """Read and check a set; `Refused` holds every fault found, each at `place:/json/pointer`.

    What concerns the set as a whole (codes, weights, references, maxima) is looked at once each object reads well.
    """
    faults: list[Fault] = []
    spot = Spot(place, faults)
    document = parse_json(data, place)
    try:
        criteria_set = Record(CriteriaSet).read(document, spot)
    except Unread:
        raise Refused(faults) from None
    check_whole(criteria_set, spot)
    if faults:
        raise Refused(faults)
    return criteria_set


def to_document(criteria_set: CriteriaSet) -> dict:
    """The canonical document: every default filled in, text in NFC, decimals plain."""
    return write_record(criteria_set)


def canonical_bytes(criteria_set: CriteriaSet) -> bytes:
    """The canonical document as RFC 8785 JSON."""
    return rfc8785(to_document(criteria_set)).encode("utf-8")


def identity(criteria_set: CriteriaSet) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(criteria_set)).hexdigest()


def rfc8785(value) -> str:
    """RFC 8785 for what the format holds: text, integers within 2^53, flags, null, lists and objects.
    Keys sort by UTF-16 code units; `json.dumps` escapes a string exactly as the RFC asks."""
    if isinstance(value, dict):
        ordered = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
        return "{" + ",".join(f"{_text(name)}:{rfc8785(item)}" for name, item in ordered) + "}"
    if isinstance(value, list):
        return "[" + ",".join(rfc8785(item) for item in value) + "]"
    return _text(value)


def _text(value) -> str:
    return json.dumps(value, ensure_ascii=False)
