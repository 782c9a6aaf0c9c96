"""Cycles as programs read them."""

from rest_framework import serializers

from scoring.enums import CycleState


class SetRefOut(serializers.Serializer):
    code = serializers.CharField()
    year = serializers.IntegerField()


class CycleGroupOut(serializers.Serializer):
    group = serializers.CharField(source="group.code")
    criteria_set = SetRefOut()


class CycleOut(serializers.Serializer):
    year = serializers.IntegerField()
    state = serializers.ChoiceField(choices=CycleState.values)
    movement = serializers.CharField(source="movement.title")
    legal_basis = serializers.CharField()
    is_sample = serializers.BooleanField()
    filing_opens_at = serializers.DateTimeField()
    filing_closes_at = serializers.DateTimeField(help_text="On time before this moment.")
    filing_locks_at = serializers.DateTimeField(help_text="Nothing is accepted from this moment on.")
    appraisal_closes_at = serializers.DateTimeField()
    explanation_closes_at = serializers.DateTimeField()
    groups = CycleGroupOut(many=True)
