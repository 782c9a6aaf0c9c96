"""The administrator's desk: the administrator acts, the auditor reads, for others it does not exist."""

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.services import create_token
from core import clock
from tests.factories.year import Year
from tests.rights.row import Row

READS = {"administrator": 200, "auditor": 200}


def acts(status: int) -> dict[str, int]:
    return {"administrator": status, "auditor": 403}


def clerk(year: Year) -> dict:
    return {"pk": year.officer(0).pk}


def clerks_role(year: Year) -> dict:
    return {"pk": year.officer(0).memberships.get().pk}


def new_account(year: Year) -> dict:
    return {"username": "moi.canbo", "full_name": "Người Mới", "role": "unit_officer", "unit": year.units[0].code}


def new_role(year: Year) -> dict:
    return {"role": "appraiser", "unit": year.agency.code, "from_on": "01/12/2026", "to_on": ""}


def person(year: Year) -> dict:
    return {"full_name": "Tên Khác", "position": "", "email": "", "phone": ""}


def successor(year: Year) -> dict:
    return {"first_on": "01/12/2026", "way": "existing", "to": "outsider"}


def token(year: Year) -> dict:
    made, _text = create_token(
        user=year.officer(0), name="Máy", scope="read", unit=None, last_on=clock.today(), actor=year.officer(0)
    )
    return {"pk": made.pk}


def new_token(year: Year) -> dict:
    return {"name": "Máy", "scope": "read", "unit": "", "last_on": f"{clock.today():%d/%m/%Y}"}


OWN = {"officer0": 200}

ROWS = [
    Row("tokens", expect=READS | OWN, kwargs=clerk),
    Row("token_new", expect=acts(200) | OWN, kwargs=clerk),
    Row("token_new", "POST", expect=acts(200) | OWN, kwargs=clerk, data=new_token),
    Row("token_revoke", expect=acts(200) | OWN, kwargs=token),
    Row("token_revoke", "POST", expect=acts(302) | {"officer0": 302}, kwargs=token),
    Row("people", expect=READS),
    Row("person", expect=READS, kwargs=clerk),
    Row("person_new", expect=acts(200)),
    Row("person_new", "POST", expect=acts(200), data=new_account),
    Row("person_edit", expect=acts(200), kwargs=clerk),
    Row("person_edit", "POST", expect=acts(302), kwargs=clerk, data=person),
    Row("person_password", expect=acts(200), kwargs=clerk),
    Row("person_password", "POST", expect=acts(200), kwargs=clerk, data=lambda year: {"stamp": "own"}),
    Row("person_close", expect=acts(200), kwargs=clerk),
    Row("person_close", "POST", expect=acts(302), kwargs=clerk),
    Row("person_open", expect=acts(200), kwargs=clerk),
    Row("person_open", "POST", expect=acts(409), kwargs=clerk),
    Row("role_new", expect=acts(200), kwargs=clerk),
    Row("role_new", "POST", expect=acts(302), kwargs=clerk, data=new_role),
    Row("role_end", expect=acts(200), kwargs=clerks_role),
    Row("role_end", "POST", expect=acts(302), kwargs=clerks_role, data=lambda year: {"last_on": "30/11/2026"}),
    Row("role_withdraw", expect=acts(200), kwargs=clerks_role),
    Row("role_withdraw", "POST", expect=acts(409), kwargs=clerks_role),
    Row("role_hand_over", expect=acts(200), kwargs=clerks_role),
    Row("role_hand_over", "POST", expect=acts(302), kwargs=clerks_role, data=successor),
    Row("accounts_import", expect=acts(200)),
    Row("accounts_import", "POST", expect=acts(415), data=lambda year: {"sheet": SimpleUploadedFile("a.xlsx", b"x")}),
    Row("accounts_import_template", expect=acts(200)),
    Row("accounts_import_confirm", "POST", expect=acts(409), data=lambda year: {"sha256": "0" * 64}),
    Row("accounts_import_passwords", "POST", expect=acts(400)),
    Row("units", otherwise=200),
    Row("audit_trail", expect={"auditor": 200, "secretary": 200, "emulation": 200, "administrator": 200}),
]
