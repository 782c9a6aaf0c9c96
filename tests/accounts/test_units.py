"""The list of units: loaded all or nothing, again without harm, each bad line named."""

import csv
import io

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import override

from accounts.districts import district_label
from accounts.models import Unit, UnitGroup
from accounts.units import COLUMNS, Counts, load_units, read_units
from core.audit.models import AuditEntry
from core.errors import Invalid, NotAllowed, TooLarge

SHIPPED = settings.ROOT / "data" / "units" / "units.csv"
ROW = {
    "code": "03664", "name": "Xã Mường Chiên", "short_name": "Mường Chiên", "name_en": "Muong Chien Commune",
    "kind": "commune", "group": "commune", "former_district": "", "area_km2": "100.5", "population": "4321",
    "merged_from": "", "certainty": "confirmed", "note": "",
}  # fmt: skip


def table(*rows: dict, columns=COLUMNS) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(ROW | row for row in rows)
    return text.getvalue().encode()


@pytest.mark.django_db
def test_shipped_list_loads_once_and_again_without_change():
    assert load_units(data=SHIPPED.read_bytes(), actor=None) == Counts(added=115, changed=0, unchanged=0)
    assert load_units(data=SHIPPED.read_bytes(), actor=None) == Counts(added=0, changed=0, unchanged=115)
    assert list(UnitGroup.objects.values_list("code", "name", "name_en", "position")) == [
        ("commune", "Xã, phường", "Wards and communes", 0),
        ("department", "Cơ quan cấp tỉnh", "Provincial agencies", 1),
    ]
    assert [Unit.objects.filter(group__code=code).count() for code in ("commune", "department")] == [75, 15]
    assert AuditEntry.objects.filter(action="unit.load").count() == 2


@pytest.mark.django_db
def test_changed_row_mends_the_unit_and_a_row_left_out_stays():
    load_units(data=table({}, {"code": "03670", "name": "Xã Mường Giôn", "short_name": "Mường Giôn"}), actor=None)

    counts = load_units(data=table({"name": "Xã Mường Chiên Mới", "population": ""}), actor=None)

    assert counts == Counts(added=0, changed=1, unchanged=0)
    changed = Unit.objects.get(code="03664")
    assert (changed.name, changed.name_fold, changed.population) == ("Xã Mường Chiên Mới", "xa muong chien moi", None)
    assert Unit.objects.filter(code="03670").exists()


@pytest.mark.django_db
def test_one_bad_line_among_good_ones_writes_nothing():
    with pytest.raises(Invalid):
        load_units(data=table({}, {"code": "1"}), actor=None)

    assert not Unit.objects.exists()
    assert not UnitGroup.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"code": "x y"}, "x y"),
        ({"name": ""}, "name"),
        ({"name": "Xã\u200bẨn"}, "name"),
        ({"short_name": "n" * 121}, "short_name"),
        ({"note": "a\x07"}, "note"),
        ({"kind": "village"}, "village"),
        ({"group": "north"}, "north"),
        ({"certainty": "sure"}, "sure"),
        ({"area_km2": "1.234,5"}, "1.234,5"),
        ({"population": "1e3"}, "1e3"),
        ({"population": "１２"}, "１２"),
    ],
)
def test_bad_line_is_named_with_its_reason(row, said):
    with pytest.raises(Invalid) as refusal:
        read_units(table({"code": "03670"}, row))

    assert len(refusal.value.message.splitlines()) == 1
    assert "3" in refusal.value.message
    assert said in refusal.value.message


def test_every_bad_line_is_said_at_once_up_to_a_limit():
    with pytest.raises(Invalid) as refusal:
        read_units(table(*({"code": f"A{n}", "kind": "x"} for n in range(10, 80))))

    assert len(refusal.value.message.splitlines()) == 51


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", Invalid),
        (b"code,name\n1,2\n", Invalid),
        (table(), Invalid),
        (table({}, {}), Invalid),
        (table({}, columns=(*COLUMNS, "code")), Invalid),
        (table({}).replace(b",confirmed,", b""), Invalid),
        (b"\xff\xfe\x00", Invalid),
        (b'"open', Invalid),
        (b"x" * (2 * 1024 * 1024 + 1), TooLarge),
    ],
)
def test_what_is_no_list_of_units_is_refused(data, error):
    with pytest.raises(error):
        read_units(data)


def test_order_of_columns_and_a_byte_order_mark_do_not_matter():
    assert read_units(b"\xef\xbb\xbf" + table({}, columns=COLUMNS[::-1])) == read_units(table({}))


@pytest.mark.django_db
def test_after_the_first_day_only_an_administrator_loads(year):
    with year.filing():
        for actor in (None, year.people["secretary"]):
            with pytest.raises(NotAllowed):
                load_units(data=table({}), actor=actor)
        load_units(data=table({}), actor=year.people["administrator"])

    assert Unit.objects.filter(code="03664").exists()


@pytest.mark.django_db
class TestCommand:
    def test_an_administrator_loads_by_command(self, year, tmp_path):
        path = tmp_path / "units.csv"
        path.write_bytes(table({}))
        with year.filing():
            call_command("load_units", str(path), "--by", "Administrator")
        assert Unit.objects.filter(code="03664").exists()
        assert AuditEntry.objects.get(action="unit.load").actor == year.people["administrator"]

    @pytest.mark.parametrize("by", ["nobody", "secretary"])
    def test_nobody_else_does(self, year, tmp_path, by):
        path = tmp_path / "units.csv"
        path.write_bytes(table({}))
        with year.filing(), pytest.raises(CommandError):
            call_command("load_units", str(path), "--by", by)

    def test_a_file_that_is_not_there_is_one_sentence(self, year):
        with pytest.raises(CommandError):
            call_command("load_units", "/nowhere.csv", "--by", "administrator")


def test_a_unit_is_called_by_the_language_of_the_reader():
    unit = Unit(name="Xã Mường Chiên", short_name="Mường Chiên", name_en="Muong Chien Commune")
    nameless = Unit(name="Xã Mường Chiên", short_name="Mường Chiên")

    with override("en"):
        assert {str(unit), unit.label, unit.short_label} == {"Muong Chien Commune"}
        assert {str(nameless), nameless.short_label} == {"Xã Mường Chiên"}
    with override("vi"):
        assert (str(unit), unit.label, unit.short_label) == ("Xã Mường Chiên", "Xã Mường Chiên", "Mường Chiên")


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("Huyện Bắc Yên", "Bac Yen District"),
        ("Thị xã Mộc Châu", "Moc Chau Town"),
        ("Thành phố Sơn La", "Son La City"),
        ("Đảo xa", "Đảo xa"),
        ("", ""),
    ],
)
def test_a_former_district_reads_in_both_languages(name, english):
    with override("vi"):
        assert district_label(name) == name
    with override("en"):
        assert district_label(name) == english
