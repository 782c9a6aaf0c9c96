"""What the documents of a year have in common. Places in, findings out; nothing is read or written here.

A document that may stand with everybody is no twin: one of the province or of an agency above, as its citation or its own
head says; or, where nobody knows whose it is, one that many units have (`common_above`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import combinations

from accounts.models import Unit
from core.collation import fold
from scoring.enums import FlagKind, TextState
from scoring.filing.checks.documents import outside_year
from scoring.models import EvidenceText
from scoring.twins.issuers import Head, Issuers, head_of, issuer_key
from scoring.twins.likeness import Text, alike, common_above
from scoring.twins.places import Found, Place, found_between


class Comparison:
    """All documents of one year. `texts` by hash."""

    def __init__(self, places: Sequence[Place], texts: Mapping[str, EvidenceText], units: Iterable[Unit], year: int):
        self.places = sorted(places, key=lambda one: (one.assessment.pk, not one.is_file, one.document.pk))
        self.texts, self.issuers, self.year = texts, Issuers(units), year
        self._heads: dict[str, Head] = {}

    def found(self) -> list[Found]:
        return [*self._files(), *self._texts(), *self._numbers(), *self._dates()]

    @cached_property
    def _by_hash(self) -> dict[str, list[Place]]:
        found = defaultdict(list)
        for place in self.places:
            if place.is_file:
                found[place.document.sha256].append(place)
        return found

    def _head(self, place: Place) -> Head:
        text = self.texts.get(place.document.sha256) if place.is_file else None
        if text is None:
            return Head()
        if text.sha256 not in self._heads:
            self._heads[text.sha256] = head_of(text.head)
        return self._heads[text.sha256]

    def _issuer(self, place: Place) -> str:
        """As the document itself says, else as the unit says."""
        return self._head(place).issuer or (issuer_key(place.names.issuer) if place.names else "")

    def _is_common(self, place: Place) -> bool:
        form = place.assessment
        return self.issuers.is_common(self._issuer(place), form.unit, form.group_id)

    def _is_everybodys(self, places: Sequence[Place]) -> bool:
        """Nobody knows whose it is, and too many have it for one to have copied from another."""
        known = any(self.issuers.unit_of(self._issuer(place)) for place in places)
        units = len({place.assessment.pk for place in places})
        return not known and units > common_above(len({place.assessment.pk for place in self.places}))

    def _pairs(self, places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
        """Of different forms, neither document common; the form with the lesser key first."""
        own = [place for place in places if not self._is_common(place)]
        for one, other in combinations(own, 2):
            if one.assessment.pk != other.assessment.pk:
                yield (one, other) if one.assessment.pk < other.assessment.pk else (other, one)

    def _files(self) -> Iterator[Found]:
        for sha256, places in self._by_hash.items():
            if len(places) > 1 and not self._is_everybodys(places):
                for one, other in self._pairs(places):
                    yield found_between(FlagKind.SAME_FILE, one, other, 100, sha256)

    def _texts(self) -> Iterator[Found]:
        read = [
            Text(sha256, frozenset(place.assessment.pk for place in places), bytes(self.texts[sha256].signature))
            for sha256, places in self._by_hash.items()
            if sha256 in self.texts and self.texts[sha256].state == TextState.READ
        ]
        for pair in alike(read):
            both = [*self._by_hash[pair.first], *self._by_hash[pair.second]]
            for one, other in self._pairs(both):
                if one.document.sha256 != other.document.sha256:
                    what = f"{one.document.sha256}:{other.document.sha256}"
                    yield found_between(FlagKind.SAME_TEXT, one, other, pair.percent, what)

    def _numbers(self) -> Iterator[Found]:
        """Number, date and issuer: every office counts from 1 each year. An issuer who is not named as one certain unit is
        believed to be the same where the subject is the same too."""
        named = defaultdict(dict)
        for place in self.places:
            if one := place.names:
                issuer = issuer_key(one.issuer)
                subject = "" if self.issuers.unit_of(issuer) else fold(one.subject)
                named[one.number_key, one.dated_on, issuer, subject].setdefault(place.assessment.pk, place)
        for key, by_form in named.items():
            places = [*by_form.values()]
            if not self._is_everybodys(places):
                for one, other in self._pairs(places):
                    yield found_between(FlagKind.SAME_NUMBER, one, other, 100, " ".join(map(str, key)))

    def _dates(self) -> Iterator[Found]:
        for place in self.places:
            if day := self._day_outside(place):
                what = f"{place.document.sha256 if place.is_file else place.document.number_key} {day}"
                yield Found(FlagKind.OUTSIDE_YEAR, place, None, place.answers[0], None, 100, what, day)

    def _day_outside(self, place: Place) -> date | None:
        """By the head of the document where it has a date, whatever its title says; else as the form's own check finds it."""
        if day := self._head(place).dated_on:
            return day if day.year != self.year else None
        return outside_year(place.document, self.year)
