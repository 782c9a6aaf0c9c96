"""The agency's desk for programs: read the form, save a line, put it before the head, submit."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.proof import prove_by_password
from core import clock
from core.api.permissions import SignedIn
from core.api.refusals import fields_at
from core.api.serializers import Nothing, list_of, paged, read_body, refuse_unknown
from core.api.versions import IF_MATCH, etag, stale_as_precondition, version_named
from core.api.views import Endpoint
from scoring.filing.checks import by_line, facts_of, lines_of, lines_shown, lint
from scoring.filing.selectors import last_year, seen_by
from scoring.filing.serializers import AnswerIn, AnswerOut, AssessmentOut, AssessmentQuery, FormOut, ReceiptOut, SignIn
from scoring.filing.services import AnswerInput, prepare, reopen, save_answer, submit
from scoring.inputs import inputs_of
from scoring.models import Answer, Assessment


def _form(user: User, pk: int) -> Assessment:
    return get_object_or_404(seen_by(user), pk=pk)


def _line(lines: list[Answer], code: str) -> Answer:
    for answer in lines:
        if answer.criterion.code == code:
            return answer
    raise Http404


def _findings(form: Assessment, lines: list[Answer]) -> dict[str, Any]:
    """The context that `AnswerOut` needs."""
    return {"findings": by_line(lint(facts_of(form, lines, last_year(form), clock.now())))}


class Assessments(Endpoint):
    permission_classes = [SignedIn]
    query_class = AssessmentQuery

    @extend_schema(
        operation_id="assessments",
        summary="Self-assessments that you may see, the newest year first",
        responses=list_of(AssessmentOut),
    )
    def get(self, request: Request) -> Response:
        asked = {"cycle__year": self.query["year"], "state": self.query["state"]}
        found = seen_by(request.user).filter(**{name: value for name, value in asked.items() if value})
        return Response(paged(found.order_by("-cycle__year", "unit__name_sort"), self.query, AssessmentOut))


class OneAssessment(Endpoint):
    permission_classes = [SignedIn]

    @extend_schema(operation_id="assessment", summary="One self-assessment with its lines", responses=FormOut)
    def get(self, request: Request, pk: int) -> Response:
        form = _form(request.user, pk)
        lines = lines_shown(request.user, form)
        answers = AnswerOut(lines, many=True, context=_findings(form, lines)).data
        return Response(AssessmentOut(form).data | {"answers": answers}, headers=etag(form.version))


class OneAnswer(Endpoint):
    permission_classes = [SignedIn]

    @extend_schema(operation_id="answer", summary="One line", responses=AnswerOut)
    def get(self, request: Request, pk: int, code: str) -> Response:
        return self._shown(request, pk, code)

    @extend_schema(
        operation_id="answer_save",
        summary="Save one line; what stands there already is not saved again",
        parameters=[IF_MATCH],
        request=AnswerIn,
        responses=AnswerOut,
    )
    def put(self, request: Request, pk: int, code: str) -> Response:
        answer = _line(lines_of([_form(request.user, pk)]), code)
        version, sent = version_named(request), read_body(request, AnswerIn)
        refuse_unknown(sent["values"], [one.name for one in inputs_of(answer.criterion.leaf)], at="/values")
        given = AnswerInput(sent["values"], sent["explanation"], sent["asks_not_applicable"])
        with stale_as_precondition(), fields_at("/values"):
            save_answer(answer=answer, given=given, version=version, actor=request.user)
        return self._shown(request, pk, code)

    def _shown(self, request: Request, pk: int, code: str) -> Response:
        form = _form(request.user, pk)
        lines = lines_shown(request.user, form)
        answer = _line(lines, code)
        return Response(AnswerOut(answer, context=_findings(form, lines)).data, headers=etag(answer.version))


class Prepare(Endpoint):
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="assessment_prepare",
        summary="Put the finished form before the head",
        request=None,
        responses={200: AssessmentOut},
    )
    def post(self, request: Request, pk: int) -> Response:
        form = _form(request.user, pk)
        read_body(request, Nothing)
        with fields_at("/answers"):
            prepare(assessment=form, actor=request.user)
        return _moved(request, pk)


class Reopen(Endpoint):
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="assessment_reopen",
        summary="Take the form back from the head's desk",
        request=None,
        responses={200: AssessmentOut},
    )
    def post(self, request: Request, pk: int) -> Response:
        form = _form(request.user, pk)
        read_body(request, Nothing)
        reopen(assessment=form, actor=request.user)
        return _moved(request, pk)


def _moved(request: Request, pk: int) -> Response:
    form = _form(request.user, pk)
    return Response(AssessmentOut(form).data, headers=etag(form.version))


class Submit(Endpoint):
    """A session or a token does not sign: the head's password comes with the act, whichever it is."""

    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="assessment_submit",
        summary="Sign and submit the version that was read; the same act sent twice gives the same receipt",
        parameters=[IF_MATCH],
        request=SignIn,
        responses={200: ReceiptOut},
    )
    def post(self, request: Request, pk: int) -> Response:
        form = _form(request.user, pk)
        version, sent = version_named(request), read_body(request, SignIn)
        with fields_at(""):
            proof = prove_by_password(request.user, sent["password"])
        with stale_as_precondition(), fields_at("/answers"):
            submission = submit(assessment=form, version=version, actor=request.user, proof=proof)
        return Response(ReceiptOut(submission).data)


class Receipt(Endpoint):
    permission_classes = [SignedIn]

    @extend_schema(operation_id="assessment_receipt", summary="The last receipt", responses=ReceiptOut)
    def get(self, request: Request, pk: int) -> Response:
        submission = _form(request.user, pk).submissions.first()
        if submission is None:
            raise Http404
        return Response(ReceiptOut(submission).data)
