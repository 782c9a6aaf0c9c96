"""A plan and the lines as they are assigned, as programs read them."""

from rest_framework import serializers

from scoring.enums import AssignmentMode


class AssignedLineOut(serializers.Serializer):
    unit = serializers.CharField(source="answer.assessment.unit.code")
    criterion = serializers.CharField(source="answer.criterion.code")
    appraiser = serializers.CharField(
        source="appraiser.username", default="", help_text="Account; empty: left to an appraisal lead."
    )
    override_reason = serializers.CharField(help_text="Empty where the plan is followed.")


class PlanOut(serializers.Serializer):
    agency = serializers.CharField(source="agency.code")
    mode = serializers.ChoiceField(choices=AssignmentMode.values)
    cap = serializers.IntegerField(help_text="Criteria, units or lines that one person gets at most.")
    seed = serializers.IntegerField()
    balance = serializers.IntegerField(help_text="Sum of the squared loads: minimised first.")
    repeats = serializers.IntegerField(help_text="Pairs kept from last year: minimised second.")
    made_at = serializers.DateTimeField()


class AssignmentOut(PlanOut):
    lines = AssignedLineOut(many=True)
