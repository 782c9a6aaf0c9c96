"""Criteria sets: a document that is the truth, and rows that other tables point at."""

import json
from functools import lru_cache

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.fields import PointsField
from scoring import engine
from scoring.enums import SET_TRANSITIONS, SetState


@lru_cache(maxsize=16)
def _read(document: str) -> "engine.CriteriaSet":
    """A document is read once per process; frozen dataclasses can be shared."""
    return engine.load_set(document)


class BilingualTitle(models.Model):
    title_vi = models.CharField(_("title"), max_length=500)
    title_en = models.CharField(_("English title"), max_length=500)

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_vi


class CriteriaSet(BilingualTitle):
    """A version of a criteria set. `document` is its canonical JSON (engine.md), `identity` that document's SHA-256.

    `continues` is the version whose criteria its code map (`CodeLink`) leads back to; without one equal codes mean the same.
    Written by `scoring.criteria.services`; immutable once published, by trigger too.
    """

    TRANSITIONS = SET_TRANSITIONS

    code = models.CharField(_("code"), max_length=32)
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=10, choices=SetState.choices, default=SetState.DRAFT)
    version = models.PositiveIntegerField(default=0, editable=False)
    document = models.TextField(_("document"))
    identity = models.CharField(_("identity, SHA-256"), max_length=64)
    continues = models.ForeignKey(
        "self", verbose_name=_("continues"), null=True, on_delete=models.PROTECT, related_name="continued_by"
    )

    class Meta:
        ordering = ["-year", "code"]
        verbose_name = _("criteria set")
        verbose_name_plural = _("criteria sets")
        constraints = [
            models.UniqueConstraint(fields=["code", "year"], name="criteria_set_once"),
            models.CheckConstraint(condition=Q(state__in=SetState.values), name="criteria_set_state"),
        ]

    def __str__(self):
        return f"{self.code} {self.year}"

    @property
    def definition(self) -> "engine.CriteriaSet":
        """The document as the engine reads it; Refused for a draft that is not complete (scoring.criteria.draft)."""
        return _read(self.document)

    @property
    def grades(self) -> list[dict]:
        """As the document writes them, best first: whole in a draft too."""
        return json.loads(self.document)["grades"]


class Pillar(BilingualTitle):
    """A pillar (trụ cột): a node directly below the root. Deeper nodes live in the document only."""

    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="pillars")
    code = models.CharField(_("code"), max_length=32)
    max_points = PointsField(_("maximum"))
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        ordering = ["position"]
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")
        constraints = [models.UniqueConstraint(fields=["criteria_set", "code"], name="pillar_once")]

    def __str__(self):
        return self.code


class Criterion(BilingualTitle):
    """A scored leaf, or a bonus or penalty line beside the tree (then without a pillar)."""

    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="criteria")
    pillar = models.ForeignKey(Pillar, null=True, on_delete=models.PROTECT, related_name="criteria")
    code = models.CharField(_("code"), max_length=32)
    max_points = PointsField(_("maximum"))
    position = models.PositiveSmallIntegerField(_("position"))
    declared_by_unit = models.BooleanField(_("declared by the unit"))
    evidence_required = models.BooleanField(_("evidence required"))
    responsible = models.ForeignKey(
        "accounts.Unit", verbose_name=_("appraising agency"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["position"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [models.UniqueConstraint(fields=["criteria_set", "code"], name="criterion_once")]

    def __str__(self):
        return self.code

    @property
    def leaf(self):
        """The engine's leaf: rule, inputs, evidence note, source. Needs `criteria_set` at hand."""
        return self.criteria_set.definition.leaf(self.code)


class CodeLink(models.Model):
    """This criterion continues that one of the version before (`CriteriaSet.continues`): one-to-one.

    A criterion without a link is new. Written by `scoring.criteria.codes`; final with the set, by trigger too.
    """

    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.CASCADE, related_name="code_links")
    criterion = models.OneToOneField(Criterion, on_delete=models.CASCADE, related_name="link")
    earlier = models.ForeignKey(
        Criterion, verbose_name=_("earlier criterion"), on_delete=models.PROTECT, related_name="continued_by"
    )

    class Meta:
        verbose_name = _("link of the code map")
        verbose_name_plural = _("code map")
        constraints = [models.UniqueConstraint(fields=["criteria_set", "earlier"], name="code_link_continues_once")]

    def __str__(self):
        return f"{self.criterion} < {self.earlier}"
