"""Units and groups as programs read them."""

from rest_framework import serializers

from accounts.enums import Certainty, UnitKind
from core.api.serializers import PageQuery, TextIn


class GroupOut(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    position = serializers.IntegerField()


class UnitOut(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    name_en = serializers.CharField()
    kind = serializers.ChoiceField(choices=UnitKind.values)
    group = serializers.CharField(
        source="group.code", allow_null=True, default=None, help_text="null: takes part and is not ranked."
    )
    former_district = serializers.CharField()
    merged_from = serializers.CharField()
    area_km2 = serializers.CharField()
    population = serializers.IntegerField(allow_null=True)
    certainty = serializers.ChoiceField(choices=Certainty.values)
    is_active = serializers.BooleanField()


class UnitQuery(PageQuery):
    q = TextIn(default="", max_length=100, help_text="Part of the name (tone marks not needed) or of the code.")
    kind = serializers.ChoiceField(default="", choices=UnitKind.values)
    group = TextIn(default="", max_length=32, help_text="Code of a group; - for units that are not ranked.")
    certainty = serializers.ChoiceField(default="", choices=Certainty.values)
