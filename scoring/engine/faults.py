"""What the engine refuses, where, and the sentence that says so in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. `place` is `file:line:column`, `file:/json/pointer` or, for values that come
    from no file, `unit/criterion/field`; `field` is the rule's field that a form can mark, or empty."""

    place: str
    en: str
    vi: str
    field: str = ""

    def sentence(self, lang: str) -> str:
        return self.en if lang == "en" else self.vi


# A file that is wrong in every line is told so after this many faults; listing all of them helps nobody.
MOST_FAULTS = 1000


class Refused(Exception):
    """The engine computes nothing from faulty input; `faults` holds everything that was found."""

    def __init__(self, faults: "list[Fault] | tuple[Fault, ...]"):
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.place}: {fault.en}" for fault in self.faults))


def stop_at_most(faults: "list[Fault]", place: str) -> None:
    """Refuse at once when `faults` is full, saying that there may be more behind `place`."""
    if len(faults) >= MOST_FAULTS:
        vi = f"Đã có {MOST_FAULTS} lỗi nên dừng ở đây; sửa các lỗi trên rồi chạy lại."
        en = f"There are {MOST_FAULTS} faults already, so reading stops here; correct those above and run again."
        raise Refused([*faults, Fault(place, en, vi)])


def quoted(text: str, limit: int = 60) -> str:
    """A value as shown inside a sentence: cut when long, control characters made visible."""
    shown = text if len(text) <= limit else text[:limit] + "…"
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in shown)
