"""The answer to «may this person do this now?», with its reason.

A bare tuple is always true and a bare bool says nothing; a Verdict is falsy when refused and carries the sentence that
the page shows beside the locked button and the service puts into its refusal.
"""

from dataclasses import dataclass

from core.errors import DomainError, NotAllowed


@dataclass(frozen=True, slots=True)
class Verdict:
    allowed: bool
    reason: str = ""
    error: type[DomainError] = NotAllowed

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise the refusal (NotAllowed unless said otherwise) if this is a no."""
        if not self.allowed:
            raise self.error(self.reason)


YES = Verdict(True)


def first_no(*verdicts: Verdict) -> Verdict:
    """The first refusal among several conditions, or yes."""
    return next((verdict for verdict in verdicts if not verdict), YES)
