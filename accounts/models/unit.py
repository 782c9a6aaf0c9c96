"""Who is assessed, and who is ranked together."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.enums import Certainty, UnitKind
from core.collation import fold, sort_key


class UnitGroup(models.Model):
    """A group (khối, cụm thi đua) whose units are ranked on one list. Rows, so that an office may regroup."""

    code = models.SlugField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("group")
        verbose_name_plural = _("groups")

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" and self.name_en else self.name


class UnitQuerySet(models.QuerySet):
    def search(self, text: str):
        """Units whose name (tone marks and đ/d ignored) or code contains the text."""
        return self.filter(Q(name_fold__contains=fold(text)) | Q(code__contains=text.upper())) if text else self


class Unit(models.Model):
    """An agency or organisation. Without a group it takes part in the movement but is not ranked."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    name_sort = models.CharField(max_length=500, editable=False)
    name_fold = models.CharField(max_length=200, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    group = models.ForeignKey(
        UnitGroup, verbose_name=_("group"), null=True, blank=True, on_delete=models.PROTECT, related_name="units"
    )
    former_district = models.CharField(_("former district"), max_length=120, blank=True)
    merged_from = models.TextField(_("merged from"), blank=True)
    area_km2 = models.CharField(_("area, km²"), max_length=12, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty.choices, default=Certainty.CONFIRMED)
    note = models.TextField(_("note"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name_sort"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self):
        return self.label

    def save(self, *args, **kwargs):
        self.name_sort = sort_key(self.short_name)[:500]
        self.name_fold = fold(self.name)[:200]
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """The name in the reader's language. Official documents are Vietnamese and take `name`."""
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def short_label(self) -> str:
        """As `label`, in Vietnamese without the kind of unit."""
        return self.label if get_language() == "en" else self.short_name
