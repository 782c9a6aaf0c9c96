"""The hidden mark of a row: which line of which form it is, and what stood there. Signed, so that it cannot be made up."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer

from core.audit.services import canonical
from scoring.filing.declaring import facts_of
from scoring.models import Answer

_signer = Signer(salt="scoring.filing.excel.row")
_identity_signer = Signer(salt="scoring.filing.excel.identity")


@dataclass(frozen=True)
class Token:
    """`state` is a digest of what the line held when the file was made; `field` is empty in a line that asks nothing."""

    assessment: int
    code: str
    version: int
    state: str
    field: str


def state_of(facts: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(facts).encode()).hexdigest()[:16]


def token_of(answer: Answer, field: str) -> str:
    state = state_of(facts_of(answer))
    parts = (answer.assessment_id, answer.criterion.code, answer.version, state, field)
    return _signer.sign("|".join(map(str, parts)))


def read_token(text: str) -> Token | None:
    """None where it is not ours, letter by letter."""
    try:
        assessment, code, version, state, field = _signer.unsign(text).split("|", 4)
    except BadSignature:
        return None
    return Token(int(assessment), code, int(version), state, field)


def sign_identity(text: str) -> str:
    return _identity_signer.sign(text)


def read_identity(text: str) -> str | None:
    try:
        return _identity_signer.unsign(text)
    except BadSignature:
        return None
