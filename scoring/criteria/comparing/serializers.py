"""A comparison as programs read it."""

from rest_framework import serializers


class VersionOut(serializers.Serializer):
    code = serializers.CharField()
    year = serializers.IntegerField()
    identity = serializers.CharField(help_text="SHA-256 of the canonical document.")


class ChangeOut(serializers.Serializer):
    code_before = serializers.CharField(allow_blank=True, help_text="Empty where there was none.")
    code_after = serializers.CharField(allow_blank=True, help_text="Empty where there is none.")
    title = serializers.CharField()
    what = serializers.CharField(allow_blank=True, help_text="The part that changed, where a section has several.")
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class SectionOut(serializers.Serializer):
    key = serializers.CharField(
        help_text="added, dropped, reweighted, rule, moved, renumbered, wording, handling, groups, settings or grades."
    )
    title = serializers.CharField()
    rows = ChangeOut(many=True)


class ComparisonOut(serializers.Serializer):
    before = VersionOut()
    after = VersionOut()
    moved_dates = serializers.ListField(
        child=serializers.CharField(), help_text="Criteria whose due date moved with the year, and no more."
    )
    sections = SectionOut(many=True)
