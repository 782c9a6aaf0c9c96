"""Addresses of commendation: nominations, council, decisions, the public check."""

from django.urls import path

from nominations.certifying import paper_views, verify_views
from nominations.certifying import views as decisions
from nominations.council import motion_views
from nominations.council import views as council
from nominations.nominating import views as nominating

urlpatterns = [
    path("nominations/", nominating.nominations, name="nominations"),
    path("nominations/new/", nominating.new_nomination, name="nominate"),
    path("nominations/<int:pk>/", nominating.nomination, name="nomination"),
    path("nominations/<int:pk>/check/", nominating.dossier_checked, name="check_dossier"),
    path("council/", council.council, name="council"),
    path("council/new/", council.new_council, name="council_new"),
    path("council/meetings/<int:pk>/", council.meeting, name="meeting"),
    path("council/meetings/<int:pk>/open/", council.motion_opened, name="open_motion"),
    path("council/motions/<int:pk>/", motion_views.motion, name="motion"),
    path("council/motions/<int:pk>/vote/", motion_views.vote, name="cast_vote"),
    path("council/motions/<int:pk>/close/", motion_views.close, name="close_motion"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/new/<int:year>/<slug:award>/", decisions.new_decision, name="draft_decision"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/sign/", decisions.sign, name="sign_decision"),
    path("decisions/<int:pk>/issue/", decisions.issue, name="issue_certificates"),
    path("decisions/<int:pk>/decision.pdf", paper_views.decision_paper, name="decision_pdf"),
    path("decisions/<int:pk>/commended.xlsx", paper_views.awarded_list, name="awarded_excel"),
    path("certificates/<int:pk>/certificate.pdf", paper_views.certificate_paper, name="certificate_pdf"),
    path("verify/", verify_views.verify, name="verify"),
    # Slashes too: whatever is wrong with a code, the answer is the same page.
    path("verify/<path:code>/", verify_views.verify_code, name="verify_code"),
]
