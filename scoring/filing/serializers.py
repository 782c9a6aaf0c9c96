"""Self-assessments as programs read and save them."""

from rest_framework import serializers

from core.api.serializers import FlagIn, PageQuery, Points, Strict, TextIn, WholeIn
from scoring.cycles.serializers import SetRefOut
from scoring.enums import AssessmentState
from scoring.filing.checks import Finding, Kind, Severity
from scoring.inputs import inputs_of
from scoring.models import Answer


class AssessmentQuery(PageQuery):
    year = WholeIn(default=0, min_value=2000, max_value=2100)
    state = serializers.ChoiceField(default="", choices=AssessmentState.values)


class AssessmentOut(serializers.Serializer):
    id = serializers.IntegerField()
    year = serializers.IntegerField(source="cycle.year")
    unit = serializers.CharField(source="unit.code")
    group = serializers.CharField(source="group.code")
    criteria_set = SetRefOut()
    state = serializers.ChoiceField(choices=AssessmentState.values)
    version = serializers.IntegerField(help_text="The ETag of the assessment: name it by If-Match to submit.")
    submitted_at = serializers.DateTimeField(allow_null=True)
    on_time = serializers.BooleanField(allow_null=True)
    on_time_by_extension = serializers.BooleanField(help_text="On time only because more time was granted.")
    late_minutes = serializers.IntegerField(allow_null=True, help_text="Begun minutes past the unit's own limit.")
    return_reason = serializers.CharField()
    filing_closes_at = serializers.DateTimeField(source="cycle.filing_closes_at")
    filing_locks_at = serializers.DateTimeField(source="cycle.filing_locks_at")
    extended_until = serializers.DateTimeField(allow_null=True, help_text="The unit's own limit, where it has one.")


class ChoiceOut(serializers.Serializer):
    value = serializers.CharField()
    title = serializers.CharField()


class InputOut(serializers.Serializer):
    """One value that the rule asks for."""

    name = serializers.CharField()
    title = serializers.CharField()
    type = serializers.ChoiceField(choices=["choice", "date", "integer", "decimal"])
    unit = serializers.CharField()
    choices = serializers.SerializerMethodField()

    def get_choices(self, one) -> ChoiceOut(many=True):
        return [{"value": value, "title": str(title)} for value, title in one.choices]


class EvidenceOut(serializers.Serializer):
    title = serializers.CharField()
    original_name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class FindingOut(serializers.Serializer):
    """What a check has to say about one line."""

    check = serializers.CharField(source="check.id", help_text="The check's id, which never changes.")
    title = serializers.CharField(source="check.title")
    severity = serializers.ChoiceField(choices=Severity.values)
    kind = serializers.ChoiceField(choices=Kind.values)
    sentence = serializers.CharField()
    field = serializers.CharField(source="at", help_text="The input, `evidence` or `explanation`; empty: the line.")
    blocks = serializers.BooleanField(help_text="Whether it must be mended before submission.")


class AnswerOut(serializers.Serializer):
    """One line of the form, as the unit declares it. Lines must come from `scoring.filing.checks.lines_of`; the context
    has `findings` by line (`scoring.filing.checks.by_line`)."""

    code = serializers.CharField(source="criterion.code")
    title = serializers.CharField(source="criterion.title")
    max_points = Points(source="criterion.max_points")
    declared_by_unit = serializers.BooleanField(source="criterion.declared_by_unit")
    inputs = serializers.SerializerMethodField()
    values = serializers.DictField(child=serializers.CharField(), help_text="Input's name → value as text.")
    explanation = serializers.CharField()
    asks_not_applicable = serializers.BooleanField()
    claimed_points = Points(allow_null=True)
    version = serializers.IntegerField(help_text="The ETag of the line: name it by If-Match to save.")
    updated_at = serializers.DateTimeField(allow_null=True)
    evidence = serializers.SerializerMethodField()
    carried_from = serializers.SerializerMethodField(help_text="The year whose figures were carried over, unedited.")
    finding = serializers.SerializerMethodField(help_text="The most important of the findings.")
    findings = serializers.SerializerMethodField()

    def get_inputs(self, answer: Answer) -> InputOut(many=True):
        return InputOut(inputs_of(answer.criterion.leaf), many=True).data

    def get_evidence(self, answer: Answer) -> EvidenceOut(many=True):
        return EvidenceOut(answer.evidence.all(), many=True).data

    def get_finding(self, answer: Answer) -> FindingOut(allow_null=True):
        found = self._found(answer)
        return FindingOut(found[0]).data if found else None

    def get_findings(self, answer: Answer) -> FindingOut(many=True):
        return FindingOut(self._found(answer), many=True).data

    def get_carried_from(self, answer: Answer) -> int | None:
        return answer.carried["year"] if answer.carried else None

    def _found(self, answer: Answer) -> list[Finding]:
        return self.context["findings"].get(answer.pk, [])


class FormOut(AssessmentOut):
    answers = AnswerOut(many=True)


class AnswerIn(Strict):
    """What replaces the line: all three keys. An empty or absent value is «not declared», which is not zero."""

    values = serializers.DictField(child=TextIn(max_length=200), help_text='Text, also for numbers: "9.5".')
    explanation = TextIn()
    asks_not_applicable = FlagIn()


class SignIn(Strict):
    """Shows that the head is there at this moment; a program asks for it each time and does not keep it."""

    password = TextIn(
        max_length=1000, allow_blank=False, help_text="The password of the head whose token or session it is."
    )


class ReceiptOut(serializers.Serializer):
    receipt_code = serializers.CharField()
    number = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    on_time = serializers.BooleanField(source="assessment.on_time")
    on_time_by_extension = serializers.BooleanField(source="assessment.on_time_by_extension")
    late_minutes = serializers.IntegerField(source="assessment.late_minutes", allow_null=True)
    sha256 = serializers.CharField(help_text="Of the frozen form that was signed.")
