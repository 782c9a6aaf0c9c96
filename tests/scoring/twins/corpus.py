"""A year's worth of documents, made by lot from one seed: 40 twins among innocent ones of the same frames and subjects."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from tests.scoring.twins import wording as w

PROVINCE = "Ủy ban nhân dân tỉnh Sơn La"


@dataclass(frozen=True)
class Document:
    """`unit` is a number. `form`: pdf, docx, scan (no text); `bytes_of`: the document whose file this is, byte by byte.
    `cited`: (number, date, issuer, subject) where nothing is attached."""

    key: str
    unit: int
    kind: str = ""
    symbol: str = ""
    number: int = 0
    dated_on: date = date(2026, 3, 2)
    issuer: str = ""
    title: str = ""
    body: tuple[str, ...] = ()
    form: str = "pdf"
    bytes_of: str = ""
    cited: tuple[str, ...] = ()

    @property
    def said_number(self) -> str:
        return f"{self.number}/{self.symbol}-UBND"


@dataclass
class Corpus:
    """`twins` are pairs of keys of `documents`."""

    names: list[str]
    seed: int = 2026
    documents: list[Document] = field(default_factory=list)
    twins: set[frozenset[str]] = field(default_factory=set)

    def __post_init__(self):
        self.random = random.Random(self.seed)

    # --- writing -----------------------------------------------------------------------------------------------------
    def sentence(self, unit: int) -> str:
        r = self.random
        text = f"{r.choice(w.WHO)} {r.choice(w.DID)} về việc {r.choice(w.WHAT)} {r.choice(w.HOW)}."
        person = f"{r.choice(w.FAMILY)} {r.choice(w.MIDDLE)} {r.choice(w.GIVEN)}"
        facts = {"n": r.randrange(3, 900), "m": r.randrange(5, 300), "p": f"{r.randrange(31, 99)},{r.randrange(10)}"}
        facts |= {"month": r.randrange(1, 11), "day": r.randrange(1, 29), "person": person}
        return text.format(place=f"bản {r.choice(w.BAN)}", unit=self.names[unit], **facts)

    def own(self, unit: int, subject: int, key: str) -> Document:
        """Written by the unit in the subject's frame: eight sentences of everybody's, eleven to seventeen of its own."""
        kind, symbol, title = w.SUBJECTS[subject]
        frame = [one.format(title=title, unit=self.names[unit]) for one in w.FRAME]
        facts = [self.sentence(unit) for _at in range(self.random.randrange(11, 18))]
        body = (*frame[:4], *facts, *frame[4:])
        dated_on = date(2026, self.random.randrange(1, 11), self.random.randrange(1, 28))
        number, form = self.random.randrange(10, 400), self.random.choice(["pdf", "docx"])
        issuer = f"Ủy ban nhân dân {self.names[unit]}"
        return Document(key, unit, kind, symbol, number, dated_on, issuer, title, body, form)

    def edited(self, original: Document, unit: int, key: str) -> Document:
        """The unit's name changed throughout, two to four sentences written anew, another number and date."""
        old, new = self.names[original.unit], self.names[unit]
        body = [one.replace(old, new) for one in original.body]
        for at in self.random.sample(range(4, len(body) - 4), self.random.randrange(2, 5)):
            body[at] = self.sentence(unit)
        dated_on, number = original.dated_on.replace(day=self.random.randrange(1, 28)), original.number + 7
        issuer = f"Ủy ban nhân dân {new}"
        return replace(original, key=key, unit=unit, body=tuple(body), dated_on=dated_on, number=number, issuer=issuer)

    # --- the lot -----------------------------------------------------------------------------------------------------
    def put(self, *documents: Document) -> None:
        self.documents += documents

    def twin(self, original: Document, copy: Document) -> None:
        self.put(original, copy)
        self.twins.add(frozenset({original.key, copy.key}))

    def two(self) -> tuple[int, int]:
        one, other = self.random.sample(range(len(self.names)), 2)
        return one, other

    def innocents(self, each: int) -> None:
        """`each` documents of every unit, all subjects in turn; those of a small frame by three units only."""
        for unit in range(len(self.names)):
            for at in range(each):
                self.put(self.own(unit, (unit + at) % 8, f"own-{unit}-{at}"))
        for subject in w.SMALL:
            for unit in self.random.sample(range(len(self.names)), 3):
                self.put(self.own(unit, subject, f"small-{subject}-{unit}"))
        for unit in range(6):
            self.put(Document(f"scan-{unit}", unit, form="scan", title=f"bản chụp {unit}"))

    def everybodys(self) -> None:
        """Of the province: a decision that many attach, one that two attach, a scan that many attach, one that all cite."""
        decision = replace(self.own(0, 5, "province"), issuer=PROVINCE, form="pdf", number=1734)
        guide = replace(self.own(0, 3, "guide"), issuer=PROVINCE, form="docx", number=902)
        scan = Document("province-scan", 0, form="scan", title="Quyết định của tỉnh")
        for one, units in ((decision, 12), (guide, 2), (scan, 9)):
            self.put(one, *(replace(one, key=f"{one.key}-{at}", unit=at, bytes_of=one.key) for at in range(1, units)))
        for unit in range(len(self.names)):
            cited = ("1734/QĐ-UBND", "15/01/2026", "UBND tỉnh Sơn La", "Kế hoạch chuyển đổi số của tỉnh")
            self.put(Document(f"cites-province-{unit}", unit, cited=cited))
        for unit in range(0, 12, 2):  # two offices that both had come to number 25 on the same day
            for one in (unit, unit + 1):
                cited = (
                    f"{20 + unit}/KH-UBND",
                    "02/02/2026",
                    f"UBND {self.names[one]}",
                    "Kế hoạch chuyển đổi số năm 2026",
                )
                self.put(Document(f"cites-own-{one}", one, cited=cited))

    def seeded(self) -> None:
        """40 twins: 8 of the same bytes (3 of them scans), 8 saved anew, 14 edited, 10 with one number."""
        for at in range(8):
            one, other = self.two()
            original = self.own(one, at, f"bytes-{at}")
            if at < 3:
                original = Document(original.key, one, form="scan", title=f"ảnh chụp {at}")
            self.twin(original, replace(original, key=f"{original.key}-again", unit=other, bytes_of=original.key))
        for at in range(8):
            one, other = self.two()
            original = self.own(one, at, f"saved-{at}")
            form = original.form if at % 2 else {"pdf": "docx", "docx": "pdf"}[original.form]
            self.twin(original, replace(original, key=f"{original.key}-again", unit=other, form=form))
        for at in range(14):
            one, other = self.two()
            original = self.own(one, at % 12, f"edited-{at}")
            self.twin(original, self.edited(original, other, f"{original.key}-again"))
        for at in range(10):
            one, other = self.two()
            number = (f"{300 + at}/QĐ-UBND", f"{at + 3:02}/04/2026", f"UBND {self.names[one]}", f"Việc thứ {at}")
            if at >= 7:  # an office that neither names
                number = (*number[:2], "UBND xã", number[3])
            shown = (number[0], number[1], number[2].replace("UBND", "Ủy ban nhân dân"), number[3])
            self.twin(Document(f"number-{at}", one, cited=number), Document(f"number-{at}-again", other, cited=shown))


def made(names: list[str], each: int, seed: int = 2026) -> Corpus:
    corpus = Corpus(names, seed)
    corpus.innocents(each)
    corpus.everybodys()
    corpus.seeded()
    corpus.random.shuffle(corpus.documents)
    return corpus


def text_of(document: Document) -> str:
    """As a page is read: the office at the left, the motto at the right, then everything below."""
    head = [document.issuer.upper(), f"Số: {document.said_number}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    head += ["Độc lập - Tự do - Hạnh phúc", said_date(document)]
    return "\n".join([*head, *paragraphs(document)])


def said_date(document: Document) -> str:
    place = re.sub("^Ủy ban nhân dân (Xã|Phường|tỉnh) ", "", document.issuer)
    return f"{place}, ngày {document.dated_on:%d} tháng {document.dated_on:%m} năm {document.dated_on:%Y}"


def paragraphs(document: Document) -> Iterator[str]:
    yield document.kind.upper()
    yield document.title.capitalize()
    yield from document.body
    yield "Nơi nhận: Như trên; Thường trực Đảng ủy, HĐND; Lưu: VT."
    yield "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"
