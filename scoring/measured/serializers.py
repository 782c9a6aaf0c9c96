"""Figures of one criterion as programs send them."""

from rest_framework import serializers

from core.api.serializers import FlagIn, Points, Strict, TextIn

MOST_UNITS = 1000


class UnitValuesIn(Strict):
    unit = TextIn(max_length=32, help_text="Code of the unit.")
    values = serializers.DictField(child=TextIn(max_length=200), help_text='Text, also for numbers: "9.5".')


class ValuesIn(Strict):
    origin = TextIn(max_length=400, help_text="System or survey the figures come from.")
    measured_on = serializers.DateField(input_formats=["%Y-%m-%d"])
    dry_run = FlagIn(default=False, help_text="Only say what would happen.")
    units = UnitValuesIn(many=True, max_length=MOST_UNITS, allow_empty=False)


class UnitValuesOut(serializers.Serializer):
    unit = serializers.CharField(source="given.unit")
    values = serializers.DictField(child=serializers.CharField())
    points = Points(allow_null=True)
    is_new = serializers.BooleanField(help_text="Whether the line has other values now.")
    faults = serializers.SerializerMethodField(help_text="Why it cannot be taken over; only a dry run shows any.")

    def get_faults(self, row) -> list[str]:
        return [sentence for _field, sentence in row.faults]


class ValuesOut(serializers.Serializer):
    changed = serializers.IntegerField(help_text="How many lines were, or would be, given other values.")
    units = UnitValuesOut(many=True)
