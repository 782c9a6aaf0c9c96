"""Criteria sets as programs read them."""

import json

from rest_framework import serializers

from scoring.enums import SetState
from scoring.models import CriteriaSet


class SetOut(serializers.Serializer):
    code = serializers.CharField()
    year = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[SetState.PUBLISHED.value, SetState.RETIRED.value])
    title_vi = serializers.CharField()
    title_en = serializers.CharField()
    identity = serializers.CharField(help_text="SHA-256 of the canonical document.")
    criteria_count = serializers.IntegerField(source="count")


class SetDocumentOut(SetOut):
    document = serializers.SerializerMethodField(help_text="The set itself, as the engine reads it.")

    def get_document(self, one: CriteriaSet) -> dict:
        return json.loads(one.document)
