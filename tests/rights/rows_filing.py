"""The agency's desk."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from scoring.extending.services import ask_extension, give_extension
from scoring.filing.checks import lines_of
from scoring.filing.citing import CitationInput, cite
from scoring.filing.evidence import attach_evidence, remove_evidence
from scoring.filing.excel.writing import form_workbook
from scoring.filing.library import withdraw_evidence
from scoring.filing.selectors import seen_by
from scoring.filing.services import AnswerInput, save_answer
from scoring.filing.uploads import begin_upload
from tests.factories.people import PASSWORD
from tests.rights.row import Row

# Who files for the unit, and who reads every form. Appraisers read what was handed in.
READS = {"officer0": 200, "head0": 200, "secretary": 200, "lead": 200, "auditor": 200}
READS_HANDED_IN = READS | {"appraiser": 200, "appraiser2": 200, "other_appraiser": 200}
ACTS = {"officer0": 302, "head0": 302, "secretary": 403, "lead": 403, "auditor": 403}
REFUSED = {"officer0": 409, "head0": 409, "secretary": 403, "lead": 403, "auditor": 403}
REFUSED_HANDED_IN = REFUSED | {"appraiser": 403, "appraiser2": 403, "other_appraiser": 403}


def own(year):
    return {"pk": year.assessment(0).pk}


def line(year):
    return {"pk": year.answer("A.3").pk}


def pillar(year):
    return {"pk": year.assessment(0).pk, "code": "B"}


def file_of(year):
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n")
    return attach_evidence(answers=[year.answer("A.3")], upload=upload, title="", actor=year.officer())


def file(year):
    return {"pk": file_of(year).pk}


def attached(year):
    return line(year) | {"evidence": file_of(year).pk}


def removed(year):
    one = file_of(year)
    remove_evidence(answer=year.answer("A.3"), evidence=one, actor=year.officer())
    return line(year) | {"evidence": one.pk}


def typed(year):
    answer = year.answer("A.3")
    return {f"l{answer.pk}-version": str(answer.version), f"l{answer.pk}-value": "4"}


def new_file(year):
    return {"title": "Kế hoạch 12/KH-UBND", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n")}


def asked(year):
    until = year.cycle.filing_closes_at + timedelta(days=3)
    one = ask_extension(assessment=year.assessment(0), until=until, reason="Mất điện", actor=year.officer())
    return {"pk": one.pk}


def granted(year):
    until, actor = year.cycle.filing_closes_at + timedelta(days=3), year.people["lead"]
    one = give_extension(assessment=year.assessment(0), until=until, reason="Mất điện", actor=actor)
    return {"pk": one.pk}


def newer_file(year):
    return {"title": "", "file": SimpleUploadedFile("b.pdf", b"%PDF-1.4\n% 2\n%%EOF\n")}


def withdrawn(year):
    one = file_of(year)
    return {"pk": withdraw_evidence(evidence=one, actor=year.officer()).pk}


def new_citation(year):
    return {"subject": "Chuyên mục chuyển đổi số", "url": "https://ngocchien.sonla.gov.vn/cds"}


def cited(year):
    one = cite(answers=[year.answer("A.3")], given=CitationInput(**new_citation(year)), actor=year.officer())
    return line(year) | {"citation": one.pk}


def new_upload(year):
    return {"name": "a.pdf", "size": "16", "sha256": "0" * 64}


def begun(year):
    given = {"name": "a.pdf", "size": 16, "sha256": "0" * 64}
    return {"token": begin_upload(assessment=year.assessment(0), actor=year.officer(), **given).token}


def read_version(year):
    return {"version": str(year.assessment(0).version), "password": PASSWORD}


def changed(year):
    """A line that its officer has just changed, and the version to go back from."""
    answer = year.answer("A.3")
    given = AnswerInput({"value": "4"}, explanation=answer.explanation)
    saved = save_answer(answer=answer, given=given, version=answer.version, actor=year.officer())
    return {"pk": saved.pk, "version": saved.version}


def printed(year):
    return own(year) | {"kind": "pdf"}


def code_of(year):
    return {"code": year.assessment().submissions.get().receipt_code}


def signed(year):
    return own(year) | {"number": 1}


def filled_form(year):
    """The officer's form as it stands; checked by whoever sends it."""
    one = seen_by(year.officer()).get(pk=year.assessment(0).pk)
    data = form_workbook(one, lines_of([one]), None, clock.now())
    return {"sheet": SimpleUploadedFile("a.xlsx", data)}


def never_checked(year):
    return {"sha256": "0" * 64}


def report(year):
    return own(year) | {"sha256": "0" * 64}


ROWS = [
    Row("extension", kwargs=own, expect=READS),
    Row("extension", kwargs=own, stage="appraisal", expect=READS_HANDED_IN),
    Row(
        "extension",
        "POST",
        kwargs=own,
        data=lambda year: {"until": "31/12/2026", "reason": "Mất điện"},
        expect=ACTS,
    ),
    Row(
        "extension",
        "POST",
        kwargs=own,
        stage="appraisal",
        data=lambda year: {"until": "20/01/2027", "reason": "Mất điện"},
        expect=REFUSED_HANDED_IN,
    ),
    Row("extension_withdraw", "POST", kwargs=asked, data=lambda year: {"reason": "x"}, expect=ACTS),
    Row(
        "extension_withdraw",
        "POST",
        kwargs=granted,
        data=lambda year: {"reason": "x"},
        expect={"officer0": 403, "head0": 403, "secretary": 302, "lead": 302, "auditor": 403},
    ),
    Row("assessments", otherwise=200),
    Row("assessment", kwargs=own, expect=READS),
    Row("assessment", stage="appraisal", kwargs=own, expect=READS_HANDED_IN),
    Row("assessment_all", kwargs=own, expect=READS),
    Row("assessment_all", stage="appraisal", kwargs=own, expect=READS_HANDED_IN),
    Row("assessment_pillar", kwargs=pillar, expect=READS),
    Row("assessment_pillar", stage="prepared", kwargs=pillar, expect=READS),
    Row("assessment_pillar", stage="appraisal", kwargs=pillar, expect=READS_HANDED_IN),
    Row("assessment_pillar", kwargs=lambda year: own(year) | {"code": "Z"}),
    Row("filing_worker", expect={"visitor": 200}, otherwise=200),
    Row("filing_clock", otherwise=200),
    Row("answer_save", "POST", kwargs=line, data=typed, expect=ACTS),
    Row("answer_save", "POST", stage="prepared", kwargs=line, data=typed, expect=REFUSED),
    Row("answer_save", "POST", stage="appraisal", kwargs=line, data=typed, expect=REFUSED_HANDED_IN),
    Row("answer_save", kwargs=line, otherwise=405),
    Row("answer_undo", "POST", kwargs=changed, expect=ACTS | {"head0": 409}),
    Row("answer_undo", kwargs=changed, otherwise=405),
    Row("assessment_history", kwargs=own, expect=READS),
    Row("assessment_history", stage="appraisal", kwargs=own, expect=READS_HANDED_IN),
    # There is no year before this one to carry over from, so those who may are told so.
    Row("answer_carry_over", "POST", kwargs=line, data=typed, expect=ACTS | {"officer0": 422, "head0": 422}),
    Row("answer_carry_over", "POST", stage="appraisal", kwargs=line, data=typed, expect=REFUSED_HANDED_IN),
    Row("answer_undo_carry_over", "POST", kwargs=line, expect=REFUSED),
    Row("evidence_attach", kwargs=line, expect=READS),
    Row("evidence_attach", "POST", kwargs=line, data=new_file, expect=ACTS),
    Row("evidence_attach", "POST", stage="appraisal", kwargs=line, data=new_file, expect=REFUSED_HANDED_IN),
    Row("evidence_remove", "POST", kwargs=attached, expect=ACTS),
    Row("evidence_restore", "POST", kwargs=removed, expect=ACTS),
    Row("evidence_file", kwargs=file, expect=READS),
    Row("evidence_line", kwargs=line, expect=READS),
    Row("evidence_view", kwargs=file, expect=READS),
    Row("evidence_page", kwargs=lambda year: file(year) | {"number": 1}, otherwise=404),
    Row("evidence_lines", "POST", kwargs=file, expect=ACTS),
    Row("evidence_rename", "POST", kwargs=file, data=lambda year: {"title": "Kế hoạch 12"}, expect=ACTS),
    Row("evidence_replace", kwargs=file, expect=READS),
    Row("evidence_replace", "POST", kwargs=file, data=newer_file, expect=ACTS),
    Row("evidence_withdraw", "POST", kwargs=file, expect=ACTS),
    Row("evidence_bring_back", "POST", kwargs=withdrawn, expect=ACTS),
    Row("evidence_library", kwargs=own, expect=READS),
    Row("evidence_library", stage="appraisal", kwargs=own, expect=READS_HANDED_IN),
    Row("evidence_library", "POST", kwargs=own, data=new_file, expect=ACTS),
    Row("evidence_library", "POST", stage="appraisal", kwargs=own, data=new_file, expect=REFUSED_HANDED_IN),
    Row("citation_add", kwargs=line, expect=READS),
    Row("citation_add", "POST", kwargs=line, data=new_citation, expect=ACTS),
    Row("citation_add", "POST", stage="appraisal", kwargs=line, data=new_citation, expect=REFUSED_HANDED_IN),
    Row("citation_remove", "POST", kwargs=cited, expect=ACTS),
    Row("citation_restore", "POST", kwargs=cited, expect=ACTS),
    Row("evidence_copy_of", "POST", kwargs=file, data=lambda year: {"citation": ""}, expect=ACTS),
    Row("evidence_quarantine", expect={"administrator": 200, "auditor": 200}),
    Row("evidence_reuse", "POST", kwargs=own, otherwise=404, expect=dict.fromkeys(READS, 422)),
    Row("upload_begin", "POST", kwargs=own, data=new_upload, expect=ACTS | {"officer0": 200, "head0": 200}),
    Row("upload_begin", "POST", stage="appraisal", kwargs=own, data=new_upload, expect=REFUSED_HANDED_IN),
    Row("upload_piece", kwargs=begun, expect={"officer0": 200}),
    Row("upload_finish", "POST", kwargs=begun, expect={"officer0": 409}),
    Row("assessment_excel", kwargs=own, expect=READS),
    Row("assessment_excel", stage="appraisal", kwargs=own, expect=READS_HANDED_IN),
    Row("assessment_excel_form", kwargs=own, expect=READS),
    Row("assessment_excel_form", stage="appraisal", kwargs=own, expect=READS_HANDED_IN),
    Row("assessment_excel_check", "POST", kwargs=own, data=filled_form, expect=ACTS | {"officer0": 200, "head0": 200}),
    Row("assessment_excel_check", "POST", stage="prepared", kwargs=own, data=filled_form, expect=REFUSED),
    Row("assessment_excel_check", kwargs=own, otherwise=405),
    # Nothing was checked before, so nobody confirms anything.
    Row("assessment_excel_confirm", "POST", kwargs=own, data=never_checked, expect=REFUSED),
    Row("assessment_excel_report", kwargs=report),
    Row("assessment_check", kwargs=own, expect=READS),
    Row("assessment_prepare", "POST", kwargs=own, expect=ACTS),
    Row("assessment_prepare", "POST", stage="prepared", kwargs=own, expect=REFUSED),
    Row("assessment_reopen", "POST", stage="prepared", kwargs=own, expect=ACTS),
    Row("assessment_reopen", "POST", kwargs=own, expect=REFUSED),
    Row("assessment_submit", stage="prepared", kwargs=own, expect=READS),
    Row("assessment_submit", "POST", stage="prepared", kwargs=own, data=read_version, expect=ACTS | {"officer0": 403}),
    Row("assessment_submit", "POST", kwargs=own, data=read_version, expect=REFUSED | {"officer0": 403}),
    Row("assessment_receipt", kwargs=own),
    Row("assessment_receipt", stage="appraisal", kwargs=own, expect=READS_HANDED_IN),
    Row("assessment_receipt_paper", kwargs=signed),
    Row("assessment_receipt_paper", stage="appraisal", kwargs=signed, expect=READS_HANDED_IN),
    Row("assessment_report", kwargs=printed, expect=READS),
    Row("assessment_report", stage="appraisal", kwargs=printed, expect=READS_HANDED_IN),
    Row("assessment_report", kwargs=lambda year: own(year) | {"kind": "exe"}),
    Row("receipt_check", expect={"visitor": 200}, otherwise=200),
    Row("receipt_check_code", kwargs=lambda year: {"code": "TN26-2222-2222"}, expect={"visitor": 404}),
    Row("receipt_check_code", stage="appraisal", kwargs=code_of, expect={"visitor": 200}, otherwise=200),
    Row("assessment_receipt_number", kwargs=signed),
    Row("assessment_receipt_number", stage="appraisal", kwargs=signed, expect=READS_HANDED_IN),
    Row("assessment_receipt_number", stage="appraisal", kwargs=lambda year: own(year) | {"number": 2}),
]
