"""Every refusal of the product: one table of codes, one exception per HTTP status it becomes.

A refusal is a sentence an official can act on: what, where, how to mend. Web pages, the API, imports and commands show
the same one; programs rely on `code`.
"""

from collections.abc import Mapping


class DomainError(Exception):
    """A refusal. `code` is stable, `message` a translated sentence, `fields` the sentences for single fields."""

    status = 400
    code = "ERR-MALFORMED"

    def __init__(self, message: str, *, code: str = "", fields: Mapping[str, str] | None = None):
        super().__init__(str(message))
        self.message = message
        self.code = code or self.code
        self.fields = dict(fields or {})
        if self.code not in CODES:
            raise ValueError(f"{self.code} is not in the table of codes.")


class Malformed(DomainError):
    """The request cannot be read (400)."""


class NotAllowed(DomainError):
    """The person may see this, but not do it (403)."""

    status, code = 403, "ERR-NOT-ALLOWED"


class NotFound(DomainError):
    """There is no such thing, or the person may not see it (404)."""

    status, code = 404, "ERR-NOT-FOUND"


class Conflict(DomainError):
    """Someone else was first: a stale version, a double act (409)."""

    status, code = 409, "ERR-STALE"


class WrongState(Conflict):
    """The act does not fit the state: a missing step, already done (409)."""

    code = "ERR-STATE"


class OutOfTime(Conflict):
    """Before opening or after the deadline, by the database's clock (409)."""

    code = "ERR-DEADLINE"


class VersionChanged(DomainError):
    """What the request was made for has changed since it was read; only where it named the version (412)."""

    status, code = 412, "ERR-VERSION"


class VersionNeeded(DomainError):
    """The request must name the version that it was made for (428)."""

    status, code = 428, "ERR-VERSION-NEEDED"


class TooLarge(DomainError):
    """More than the limit allows (413)."""

    status, code = 413, "ERR-TOO-LARGE"


class WrongType(DomainError):
    """A file of a kind that is not accepted (415)."""

    status, code = 415, "ERR-FILE-TYPE"


class Invalid(DomainError):
    """Readable, but its meaning is wrong (422)."""

    status, code = 422, "ERR-INVALID"


class TooMany(DomainError):
    """Asked too often (429)."""

    status, code = 429, "ERR-TOO-MANY"


# code: (HTTP status, what it means to a program)
CODES: dict[str, tuple[int, str]] = {
    "ERR-MALFORMED": (400, "the request cannot be read"),
    "ERR-CHARACTER": (400, "a character that is not allowed"),
    "ERR-SIGN-IN": (401, "nobody is signed in, or the token is not valid"),
    "ERR-NOT-ALLOWED": (403, "the right is missing"),
    "ERR-PROOF": (403, "the password that confirms the act is missing, wrong or too old"),
    "ERR-NOT-FOUND": (404, "there is no such thing, or it may not be seen"),
    "ERR-METHOD": (405, "the address does not know this method"),
    "ERR-STALE": (409, "someone else changed it first"),
    "ERR-DONE": (409, "it was done already"),
    "ERR-STATE": (409, "the step does not fit the state"),
    "ERR-DEADLINE": (409, "before opening or after the deadline"),
    "ERR-QUOTA": (409, "the quota is used up"),
    "ERR-VERSION": (412, "it changed since the version that the request names"),
    "ERR-TOO-LARGE": (413, "larger than the limit"),
    "ERR-FILE-TYPE": (415, "a kind of file that is not accepted"),
    "ERR-MEDIA-TYPE": (415, "a body of a kind that is not accepted"),
    "ERR-INVALID": (422, "the meaning is wrong"),
    "ERR-REQUIRED": (422, "a value is missing"),
    "ERR-NUMBER": (422, "not a number of the wanted form"),
    "ERR-INCOMPLETE": (422, "something must be completed first"),
    "ERR-VERSION-NEEDED": (428, "the request must name the version it was made for"),
    "ERR-TOO-MANY": (429, "asked too often"),
    "ERR-FAILED": (500, "the product failed; nothing was done"),
}
