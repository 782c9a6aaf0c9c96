"""Addresses of the agency's desk."""

from django.urls import path

from scoring.filing.views import carrying, evidence, form, history, offline, receipts, submission, uploads

urlpatterns = [
    path("", form.assessments, name="assessments"),
    path("worker.js", offline.worker, name="filing_worker"),
    path("clock/", offline.server_clock, name="filing_clock"),
    path("<int:pk>/", form.assessment, name="assessment"),
    path("<int:pk>/all/", form.whole, name="assessment_all"),
    path("<int:pk>/check/", submission.assessment_check, name="assessment_check"),
    path("<int:pk>/prepare/", submission.assessment_prepare, name="assessment_prepare"),
    path("<int:pk>/take-back/", submission.assessment_reopen, name="assessment_reopen"),
    path("<int:pk>/submit/", submission.assessment_submit, name="assessment_submit"),
    path("<int:pk>/receipt/", receipts.assessment_receipt, name="assessment_receipt"),
    path("<int:pk>/receipts/<int:number>/", receipts.assessment_receipt_number, name="assessment_receipt_number"),
    path("<int:pk>/pillars/<str:code>/", form.pillar, name="assessment_pillar"),
    path("lines/<int:pk>/", form.answer_save, name="answer_save"),
    path("<int:pk>/history/", history.assessment_history, name="assessment_history"),
    path("lines/<int:pk>/undo/<int:version>/", history.answer_undo, name="answer_undo"),
    path("lines/<int:pk>/carry-over/", carrying.answer_carry_over, name="answer_carry_over"),
    path("lines/<int:pk>/carry-over/undo/", carrying.answer_undo_carry_over, name="answer_undo_carry_over"),
    path("lines/<int:pk>/evidence/", evidence.evidence_attach, name="evidence_attach"),
    path("lines/<int:pk>/evidence/<int:evidence>/remove/", evidence.evidence_remove, name="evidence_remove"),
    path("lines/<int:pk>/evidence/<int:evidence>/restore/", evidence.evidence_restore, name="evidence_restore"),
    path("lines/<int:pk>/now/", evidence.evidence_line, name="evidence_line"),
    path("evidence/<int:pk>/", evidence.evidence_file, name="evidence_file"),
    path("<int:pk>/uploads/", uploads.upload_begin, name="upload_begin"),
    path("uploads/<str:token>/", uploads.upload_piece, name="upload_piece"),
    path("uploads/<str:token>/finish/", uploads.upload_finish, name="upload_finish"),
]
