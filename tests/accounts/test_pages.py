"""The administrator's pages: what stands on them, what they cost, what bad input gets."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import RoleMembership, User
from accounts.services import create_accounts, set_active
from accounts.services.accounts import NewAccount
from accounts.waiting import waiting_for
from tests.factories.people import make_unit, make_user

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script>{{7*7}}" onload="x'


@pytest.fixture
def admin(client, office):
    client.force_login(office.administrator)
    return client


def shown(response) -> list[str]:
    return [row.user.username for row in response.context["rows"]]


class TestList:
    def test_names_in_the_order_of_given_names(self, admin):
        assert shown(admin.get(reverse("people"))) == ["canbo2", "canbo", "quantri", "kiemtra"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"q": "dinh van duc"}, ["canbo2"]),
            ({"q": "Hương"}, ["canbo"]),
            ({"q": "canbo"}, ["canbo2", "canbo"]),
            ({"q": "%"}, []),
            ({"q": "_"}, []),
            ({"q": "' OR 1=1--"}, []),
            ({"role": "auditor"}, ["kiemtra"]),
            ({"unit": "VPUBND"}, ["quantri", "kiemtra"]),
            ({"unit": "VPUBND", "role": "unit_officer"}, []),
            ({"state": "closed"}, []),
            ({"state": "open"}, ["canbo2", "canbo", "quantri", "kiemtra"]),
        ],
    )
    def test_filters(self, admin, query, found):
        assert shown(admin.get(reverse("people"), query)) == found

    def test_role_and_unit_must_be_of_one_membership_in_force_today(self, admin, office):
        RoleMembership.objects.create(
            user=office.next_clerk, role=Role.UNIT_HEAD, unit=office.other, from_on=office.clerk.today + timedelta(1)
        )
        assert shown(admin.get(reverse("people"), {"unit": "03862"})) == []

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ("role=king", 400),
            ("unit=1", 400),
            ("state=x", 400),
            ("page=0", 400),
            ("page=-1", 400),
            ("page=x", 400),
            ("page=2", 404),
            ("page=999999999999", 400),
            ("q=%00", 400),
            ("q=" + "x" * 200, 400),
        ],
    )
    def test_an_address_that_asks_for_nonsense(self, admin, query, status):
        assert admin.get(f"{reverse('people')}?{query}").status_code == status

    def test_costs_the_same_for_few_and_for_many(self, admin, office):
        def queries() -> int:
            with CaptureQueriesContext(connection) as counted:
                admin.get(reverse("people"))
            return len(counted)

        few = queries()
        for number in range(20):
            make_user(f"nhieu{number}", (Role.UNIT_OFFICER, office.commune), (Role.APPRAISER, office.agency))
        assert queries() == few <= 12

    def test_a_hundred_and_more_are_paged(self, admin):
        for number in range(60):
            make_user(f"nhieu{number}")
        first = admin.get(reverse("people"))
        assert len(first.context["rows"]) == 50
        assert len(admin.get(reverse("people"), {"page": 2}).context["rows"]) == 14

    def test_a_name_that_is_markup_is_shown_as_text(self, admin):
        make_user("xau", full_name=HOSTILE)
        page = admin.get(reverse("people")).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page

    def test_htmx_gets_the_list_alone(self, admin):
        part = admin.get(reverse("people"), headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert "<table" in part


class TestPerson:
    def test_shows_the_roles_now_later_and_over(self, admin, office):
        today = office.clerk.today
        for days, last in ((1, None), (-30, -1)):
            RoleMembership.objects.create(
                user=office.clerk,
                role=Role.UNIT_HEAD,
                unit=office.other,
                from_on=today + timedelta(days),
                to_on=today + timedelta(last) if last else None,
            )
        rows = admin.get(reverse("person", args=[office.clerk.pk])).context["roles"]
        assert [(row.when, row.can_be_withdrawn) for row in rows] == [("now", False), ("later", True), ("over", False)]

    @pytest.mark.parametrize("pk", [0, 999, 2**63, 2**70])
    def test_an_unknown_person_is_404(self, admin, pk):
        assert admin.get(reverse("person", args=[pk])).status_code == 404

    def test_the_auditor_sees_why_nothing_can_be_done(self, client, office):
        client.force_login(office.auditor)
        page = client.get(reverse("person", args=[office.clerk.pk])).content.decode()
        assert reverse("person_password", args=[office.clerk.pk]) not in page
        assert "lock-fill" in page

    def test_the_own_account_offers_no_reset(self, admin, office):
        page = admin.get(reverse("person", args=[office.administrator.pk])).content.decode()
        assert reverse("person_password", args=[office.administrator.pk]) not in page


class TestActs:
    def test_a_new_account_shows_its_password_once_and_stays_out_of_caches(self, admin, office):
        given = {"username": "moi", "full_name": "Mới", "role": "unit_officer", "unit": "03862"}
        response = admin.post(reverse("person_new"), given)

        assert response.status_code == 200
        password = response.context["password"]
        assert password in response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert User.objects.get(username="moi").check_password(password)
        again = admin.post(reverse("person_new"), given)
        assert again.status_code == 409
        assert "username" in again.context["form"].errors

    def test_typed_text_is_kept_when_refused(self, admin):
        response = admin.post(
            reverse("person_new"), {"username": "A B", "full_name": "Mới", "role": "auditor", "unit": "VPUBND"}
        )
        assert response.status_code == 422
        assert 'value="A B"' in response.content.decode()

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"role": "king"},
            {"unit": "NOWHERE"},
            {"full_name": "\u200b"},
            {"full_name": "x\u202e"},
            {"email": "x" * 300},
        ],
    )
    def test_bad_new_accounts_are_422_and_make_nobody(self, admin, given):
        base = {"username": "moi", "full_name": "Mới", "role": "auditor", "unit": "VPUBND"}
        count = User.objects.count()
        assert admin.post(reverse("person_new"), base | given if given else {}).status_code == 422
        assert User.objects.count() == count

    def test_reset_shows_a_password_and_a_second_send_is_409(self, admin, office):
        url = reverse("person_password", args=[office.clerk.pk])
        stamp = admin.get(url).context["stamp"]
        assert admin.post(url, {"stamp": stamp}).status_code == 200
        assert admin.post(url, {"stamp": stamp}).status_code == 409
        assert admin.post(url).status_code == 409

    def test_close_and_open(self, admin, office):
        admin.post(reverse("person_close", args=[office.clerk.pk]))
        assert not User.objects.get(pk=office.clerk.pk).is_active
        admin.post(reverse("person_open", args=[office.clerk.pk]))
        assert User.objects.get(pk=office.clerk.pk).is_active
        assert admin.post(reverse("person_close", args=[office.administrator.pk])).status_code == 422

    def test_edit_keeps_the_account_name(self, admin, office):
        given = {
            "full_name": "Lò Thị Hương",
            "position": "Công chức",
            "email": "a@sonla.gov.vn",
            "phone": "0212 385 1234",
            "username": "x",
        }
        assert admin.post(reverse("person_edit", args=[office.clerk.pk]), given).status_code == 302
        person = User.objects.get(pk=office.clerk.pk)
        assert (person.position, person.username) == ("Công chức", "canbo")

    @pytest.mark.parametrize(
        "day", ["31/02/2026", "00/00", "2026-13-01", "1/1/26", "12/31/2026", "01/01/1999", "１２/01/2026", ""]
    )
    def test_a_day_that_is_none_is_refused(self, admin, office, day):
        url = reverse("role_end", args=[office.clerk.memberships.get().pk])
        assert admin.post(url, {"last_on": day}).status_code == 422

    def test_a_role_is_given_and_ended_by_the_pages(self, admin, office):
        url = reverse("role_new", args=[office.next_clerk.pk])
        given = {"role": "appraiser", "unit": "VPUBND", "from_on": "1/10/2026", "to_on": "2026-12-31"}
        assert admin.post(url, given).status_code == 302
        assert admin.post(url, given).status_code == 409
        membership = office.next_clerk.memberships.get()
        assert admin.post(reverse("role_end", args=[membership.pk]), {"last_on": "30/11/2026"}).status_code == 302
        assert office.next_clerk.memberships.get().to_on.isoformat() == "2026-11-30"

    def test_get_changes_nothing(self, admin, office):
        membership = office.clerk.memberships.get()
        for name in ("person_password", "person_close", "person_open"):
            admin.get(reverse(name, args=[office.clerk.pk]))
        for name in ("role_end", "role_withdraw", "role_hand_over"):
            admin.get(reverse(name, args=[membership.pk]))
        person = User.objects.get(pk=office.clerk.pk)
        assert (person.is_active, person.must_change_password) == (True, False)
        assert office.clerk.memberships.get().to_on is None


class TestHandOver:
    def hand(self, admin, office, **given):
        base = {"first_on": "24/11/2026", "way": "existing", "to": "canbo2"}
        return admin.post(reverse("role_hand_over", args=[office.clerk.memberships.get().pk]), base | given)

    def test_to_an_account(self, admin, office):
        assert self.hand(admin, office).status_code == 302
        assert office.next_clerk.memberships.get().from_on.isoformat() == "2026-11-24"

    def test_to_somebody_new_shows_the_password(self, admin, office):
        response = self.hand(admin, office, way="new", username="canbo3", full_name="Người Ba")
        assert response.status_code == 200
        assert User.objects.get(username="canbo3").check_password(response.context["password"])

    @pytest.mark.parametrize(
        ("given", "field", "status"),
        [
            ({"to": "nobody"}, "to", 422),
            ({"to": ""}, "to", 422),
            ({"to": "canbo"}, "to", 422),
            ({"way": "x"}, "way", 422),
            ({"way": "new"}, "username", 422),
            ({"way": "new", "username": "canbo2", "full_name": "A"}, "username", 409),
            ({"first_on": "01/01/2020"}, "first_on", 422),
        ],
    )
    def test_refusals_stand_at_their_field(self, admin, office, given, field, status):
        response = self.hand(admin, office, **given)
        assert response.status_code == status
        assert field in response.context["form"].errors
        assert office.clerk.memberships.get().to_on is None


class TestUnits:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"q": "bac yen"}, ["03856"]),
            ({"q": "vpub"}, ["VPUBND"]),
            ({"kind": "department"}, ["VPUBND"]),
            ({"group": "commune"}, ["03856", "03862"]),
            ({"group": "-"}, ["VPUBND"]),
            ({"certainty": "uncertain"}, []),
        ],
    )
    def test_filters(self, client, office, query, found):
        client.force_login(office.clerk)
        assert [unit.code for unit in client.get(reverse("units"), query).context["page"]] == found

    def test_costs_the_same_for_few_and_for_many(self, client, office):
        client.force_login(office.clerk)
        costs = []
        for turn in range(2):
            with CaptureQueriesContext(connection) as counted:
                client.get(reverse("units"))
            costs.append(len(counted))
            for number in range(100, 120):
                make_unit(f"X{number}{turn}", f"Xã {number}", group=office.commune.group)
        assert costs[0] == costs[1] <= 10


class TestWaiting:
    def said(self, user) -> list[str]:
        user.forget_roles()
        return [task.icon for task in waiting_for(user)]

    def test_the_first_day_leads_to_the_import_then_to_a_secretary(self, office, client):
        assert self.said(office.administrator) == ["people"]
        client.force_login(office.administrator)
        assert [row["task"].icon for row in client.get(reverse("home")).context["tasks"]] == ["people"]
        RoleMembership.objects.exclude(role=Role.ADMINISTRATOR).delete()
        assert self.said(office.administrator) == ["upload"]
        make_user("thuky", (Role.SCORING_SECRETARY, office.agency))
        assert self.said(office.administrator) == []

    def test_passwords_that_ran_out_are_counted(self, office, now):
        create_accounts(
            accounts=[NewAccount("moi", "Mới", Role.SCORING_SECRETARY, office.agency)], actor=office.administrator
        )
        assert self.said(office.administrator) == []
        User.objects.filter(username="moi").update(temporary_until=now)
        assert self.said(office.administrator) == ["key"]
        set_active(user=User.objects.get(username="moi"), active=False, actor=office.administrator)
        assert self.said(office.administrator) == []

    def test_nobody_else_is_told(self, office):
        assert self.said(office.auditor) == self.said(office.clerk) == []
