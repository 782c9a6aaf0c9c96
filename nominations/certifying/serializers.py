"""Awards as everybody reads them: nothing by which a certificate could be checked or forged."""

from rest_framework import serializers

from core.api.serializers import PageQuery, WholeIn
from nominations.enums import AwardForm, Subject


class AwardQuery(PageQuery):
    year = WholeIn(default=0, min_value=2000, max_value=2100, help_text="Year of the golden book.")
    form = serializers.ChoiceField(default="", choices=AwardForm.values)


class AwardOut(serializers.Serializer):
    number = serializers.CharField(source="book_number", help_text="In the golden book: 0027/2027.")
    form = serializers.ChoiceField(choices=AwardForm.values)
    subject = serializers.ChoiceField(source="nomination.subject", choices=Subject.values)
    recipient_name = serializers.CharField()
    unit = serializers.CharField(source="nomination.unit.code")
    unit_name = serializers.CharField(source="nomination.unit.name")
    decision_number = serializers.CharField(source="decision.number")
    decision_on = serializers.DateField(source="decision.dated_on")
