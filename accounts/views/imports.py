"""Accounts from a list: template, dry run, confirmation, and the passwords, shown once."""

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.forms import ConfirmForm, SheetUpload
from accounts.imports.columns import LIMITS
from accounts.imports.reading import Report, read_accounts
from accounts.models import User
from accounts.services import create_accounts
from accounts.views.access import for_administrators
from core import kept
from core.errors import Conflict, Malformed, TooLarge
from core.forms import refusals_in, status_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DESK = "accounts-import"
MAX_SAID, MAX_SHOWN = 200, 100


@require_GET
@for_administrators
def accounts_import_template(request: HttpRequest) -> HttpResponse:
    from accounts.exports import accounts_template  # noqa: PLC0415 - loads openpyxl, 150 ms

    return _workbook(accounts_template(), "tai-khoan.xlsx")


def _workbook(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=MEDIA_TYPE, headers=headers)


@for_administrators
def accounts_import(request: HttpRequest) -> HttpResponse:
    """The dry run answers the upload itself: it changes nothing, so there is nothing to redirect from."""
    form = SheetUpload(request.POST, request.FILES) if request.method == "POST" else SheetUpload()
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            return _report(request, _checked(request, form.cleaned_data["sheet"]))
    if getattr(request, "too_large", False):  # the file was thrown away while it came in (core.uploads)
        raise TooLarge(_("The workbook is larger than {limit} MB.").format(limit=LIMITS.bytes // 2**20))
    return render(request, "accounts/import.html", {"form": form}, status=status_of(form))


def _checked(request: HttpRequest, sheet: UploadedFile) -> Report:
    """Judge the file; a sound one waits for its confirmation."""
    if sheet.size > LIMITS.bytes:
        raise TooLarge(_("The workbook is larger than {limit} MB.").format(limit=LIMITS.bytes // 2**20))
    data = sheet.read()
    report = read_accounts(data)
    if not report.faults:
        kept.keep(data, request.user, DESK, report.sha256)
    return report


def _report(request: HttpRequest, report: Report) -> HttpResponse:
    faulty = [row for row in report.rows if row.faults]
    context = {
        "report": report,
        "faulty": faulty[:MAX_SAID],
        "faulty_count": len(faulty),
        "sound": [row for row in report.rows if row.account][:MAX_SHOWN],
        "confirm": ConfirmForm(initial={"sha256": report.sha256}),
    }
    return render(request, "accounts/import_report.html", context, status=422 if faulty else 200)


@require_POST
@for_administrators
def accounts_import_confirm(request: HttpRequest) -> HttpResponse:
    """Whoever takes the waiting file away first does the import; everybody later is told that it is done."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise Malformed(_("Check the file again."))
    report = read_accounts(kept.take(request.user, DESK, form.cleaned_data["sha256"]))
    if report.faults:  # a name was taken or a unit closed since the check
        return _report(request, report)
    passwords = create_accounts(accounts=report.accounts, actor=request.user)
    rows = [(one.full_name, one.unit.name, one.username, passwords[one.username]) for one in report.accounts]
    context = {"rows": rows, "sealed": signing.dumps(rows, salt=_salt(request.user), compress=True)}
    return render(request, "accounts/import_done.html", context)


def _salt(user: User) -> str:
    return f"accounts.import.passwords.{user.pk}"


@require_POST
@for_administrators
def accounts_import_passwords(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook. It comes back from the page that shows it: the server keeps no password."""
    try:
        rows = signing.loads(request.POST.get("sealed", ""), salt=_salt(request.user), max_age=kept.KEPT_SECONDS)
    except signing.SignatureExpired as error:
        raise Conflict(
            _("The list of passwords is no longer handed out. Give new ones where they are missing.")
        ) from error
    except signing.BadSignature as error:
        raise Malformed(_("The request cannot be read.")) from error
    from accounts.exports import password_list  # noqa: PLC0415 - loads openpyxl, 150 ms

    return _workbook(password_list(rows), "mat-khau-tam.xlsx")
