"""All addresses. A test holds this list against the table of rights: an address without a row fails."""

from allauth.account import views as account_views
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from scoring.filing.views import receipt_check
from sonla_awards import gallery, views

urlpatterns = [
    path("", views.home, name="home"),
    path("gallery/", gallery.gallery, name="gallery"),
    # Without a token, so that public pages need none, set no cookie and can be cached: it changes a language, no more.
    path("language/", csrf_exempt(set_language), name="set_language"),
    path("account/sign-in/", account_views.login, name="account_login"),
    path("account/sign-out/", account_views.logout, name="account_logout"),
    path("account/password/", account_views.password_change, name="account_change_password"),
    path("api/", include("sonla_awards.api_urls")),
    path("administration/", include("accounts.urls")),
    path("cycles/", include("scoring.cycles.urls")),
    path("filing/", include("scoring.filing.urls")),
    path("filing/", include("scoring.extending.urls")),
    path("filing/", include("scoring.clarifying.urls")),
    path("receipts/", receipt_check.receipt_check, name="receipt_check"),
    path("receipts/<str:code>/", receipt_check.receipt_check_code, name="receipt_check_code"),
    path("appraisal/", include("scoring.appraisal.urls")),
    path("appraisal/", include("scoring.oversight.urls")),
    path("appraisal/", include("scoring.minutes.urls")),
    path("appraisal/", include("scoring.anchors.urls")),
    path("criteria/", include("scoring.criteria.urls")),
    path("measured/", include("scoring.measured.urls")),
    path("", include("scoring.ranking.urls")),
    path("", include("nominations.urls")),
]

handler400 = "sonla_awards.error_pages.malformed"
handler403 = "sonla_awards.error_pages.not_allowed"
handler404 = "sonla_awards.error_pages.not_found"
handler429 = "sonla_awards.error_pages.too_many"
handler500 = "sonla_awards.error_pages.failed"
