"""Addresses of commendation: nominations, council, decisions, the public check."""

from django.urls import path

from nominations.certifying import certificate_views, paper_views, rate_views, verify_views
from nominations.certifying import views as decisions
from nominations.council import meeting_views, motion_views
from nominations.council import views as council
from nominations.nominating import dossier_views, quota_views
from nominations.nominating import views as nominating

urlpatterns = [
    path("nominations/", nominating.nominations, name="nominations"),
    path("nominations/new/", nominating.new_nomination, name="nominate"),
    path("nominations/quotas/", quota_views.quotas, name="quotas"),
    path("nominations/quotas/<int:year>/<slug:award>/<slug:subject>/", quota_views.quota_edit, name="quota_edit"),
    path("nominations/<int:pk>/", nominating.nomination, name="nomination"),
    path("nominations/<int:pk>/edit/", nominating.edit, name="nomination_edit"),
    path("nominations/<int:pk>/submit/", dossier_views.submitted, name="submit_nomination"),
    path("nominations/<int:pk>/return/", dossier_views.returned, name="return_dossier"),
    path("nominations/<int:pk>/check/", dossier_views.checked, name="check_dossier"),
    path("nominations/<int:pk>/eligible/", dossier_views.found_eligible, name="find_eligible"),
    path("nominations/<int:pk>/ineligible/", dossier_views.found_ineligible, name="find_ineligible"),
    path("nominations/<int:pk>/reconsider/", dossier_views.reconsidered, name="reconsider"),
    path("nominations/<int:pk>/withdraw/", dossier_views.withdrawn, name="withdraw_nomination"),
    path("council/", council.council, name="council"),
    path("council/new/", council.new_council, name="council_new"),
    path("council/meetings/<int:pk>/", meeting_views.meeting, name="meeting"),
    path("council/meetings/<int:pk>/agenda/", meeting_views.agenda, name="put_on_agenda"),
    path("council/meetings/<int:pk>/attendance/", meeting_views.attendance, name="record_attendance"),
    path("council/motions/<int:pk>/", motion_views.motion, name="motion"),
    path("council/motions/<int:pk>/take-off/", meeting_views.taken_off, name="take_off_agenda"),
    path("council/motions/<int:pk>/open/", motion_views.opened, name="open_motion"),
    path("council/motions/<int:pk>/recuse/", motion_views.recused, name="recuse"),
    path("council/motions/<int:pk>/vote/", motion_views.vote, name="cast_vote"),
    path("council/motions/<int:pk>/close/", motion_views.close, name="close_motion"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/new/<int:year>/<slug:award>/", decisions.new_decision, name="draft_decision"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/sign/", decisions.sign, name="sign_decision"),
    path("decisions/<int:pk>/discard/", decisions.discard, name="discard_draft"),
    path("decisions/<int:pk>/issue/", decisions.issue, name="issue_certificates"),
    path("decisions/<int:pk>/decision.pdf", paper_views.decision_paper, name="decision_pdf"),
    path("decisions/<int:pk>/commended.xlsx", paper_views.awarded_list, name="awarded_excel"),
    path("decisions/<int:pk>/bonuses.xlsx", paper_views.bonus_list, name="bonus_excel"),
    path("bonus-rates/", rate_views.bonus_rates, name="bonus_rates"),
    path("bonus-rates/base-salaries/new/", rate_views.new_base_salary, name="base_salary_new"),
    path("bonus-rates/coefficients/new/", rate_views.new_coefficient, name="coefficient_new"),
    path("certificates/", certificate_views.certificates, name="certificates"),
    path("certificates/<int:pk>/", certificate_views.certificate, name="certificate"),
    path("certificates/<int:pk>/revoke/", certificate_views.revoke, name="draft_revocation"),
    path("certificates/<int:pk>/certificate.pdf", paper_views.certificate_paper, name="certificate_pdf"),
    path("verify/", verify_views.verify, name="verify"),
    # Slashes too: whatever is wrong with a code, the answer is the same page.
    path("verify/<path:code>/", verify_views.verify_code, name="verify_code"),
]
