"""The component gallery: every component with its states, on one page (DEBUG and demo only)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

NOW = datetime(2026, 11, 23, 7, 32, tzinfo=UTC)
CLOSES = datetime(2026, 12, 10, 17, 0, tzinfo=UTC)


class SampleForm(forms.Form):
    trained = forms.CharField(label="Thành viên được tập huấn", widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    note = forms.CharField(
        label="Giải trình", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Ghi số, ngày văn bản."
    )
    reason = forms.ChoiceField(label="Lý do điều chỉnh", choices=[("TL-03", "TL-03 · Tài liệu ngoài năm đánh giá")])
    level = forms.ChoiceField(
        label="Phân công phụ trách",
        widget=forms.RadioSelect,
        choices=[
            ("2", "Có cả lãnh đạo và công chức phụ trách"),
            ("1", "Chỉ có một trong hai"),
            ("0", "Chưa phân công"),
        ],
    )
    file = forms.FileField(label="Tài liệu", required=False)
    agreed = forms.BooleanField(label="Đã đối chiếu bản gốc", required=False)

    def clean_trained(self):
        raise forms.ValidationError(
            "Số được tập huấn (131) lớn hơn tổng số thành viên (118). Giá trị đã lưu trước đó là 104."
        )


class DecisionForm(forms.Form):
    decision_number = forms.CharField(label="Gõ số quyết định để xác nhận")


class FilterForm(forms.Form):
    q = forms.CharField(
        label="Tìm xã, phường",
        widget=forms.TextInput(
            attrs={"type": "search", "class": "form-control", "placeholder": "Tìm xã, phường (không cần gõ dấu)"}
        ),
    )
    grade = forms.ChoiceField(
        label="Xếp loại",
        choices=[("", "Xếp loại: tất cả"), ("tot", "Tốt")],
        widget=forms.Select(attrs={"class": "form-select"}),
    )


PHASES = [
    {"label": "Chuẩn bị", "state": "done"},
    {"label": "Tự đánh giá", "state": "now", "dates": "01/11 – 10/12"},
    *({"label": label, "state": "later"} for label in ("Thẩm định", "Kết quả tạm thời", "Giải trình", "Công bố")),
]


def sample() -> dict:
    form = SampleForm({"trained": "131", "reason": "TL-03", "level": "2"})
    form.is_valid()
    job = {"done": 52, "total": 75, "is_over": False, "message": ""}
    return {
        "now": NOW,
        "closes": CLOSES,
        "soon": NOW + timedelta(days=2, hours=5),
        "urgent": NOW + timedelta(minutes=48),
        "form": form,
        "decision": DecisionForm(),
        "filters": FilterForm(),
        "values": [Decimal(hundredths) / 100 for hundredths in (0, *range(87, 150, 3), 150, 150)],
        "own": Decimal("1.50"),
        "points": Decimal("83.47"),
        "maximum": Decimal("100"),
        "score_notes": ["tăng 4,55 so với 2025", "còn 1,53 điểm đến Tốt"],
        "running": SimpleNamespace(state="running", **job),
        "finished": SimpleNamespace(state="done", **{**job, "message": "75 đơn vị, 4,2 giây"}),
        "failed": SimpleNamespace(state="failed", **{**job, "message": "Không ghi dòng nào. Sửa tệp rồi nhập lại."}),
        "errors": [
            {"message": "XP-NL.3: số được tập huấn (131) lớn hơn tổng số (118)", "url": "#nl3"},
            {"message": "XP-AT.1: thiếu tài liệu hoặc giải trình", "url": "#at1"},
        ],
        "warnings": [{"message": "XP-CQS.6: tăng 38 điểm phần trăm so với năm 2025, nên ghi rõ vì sao"}],
        "facts": ["Người xem: mọi người, trên cổng công khai", "Chưa giải quyết: 0 kiến nghị, 0 dòng chờ thẩm định"],
        "mine": {"value": "41 ÷ 46", "at": NOW},
        "theirs": {"value": "40 ÷ 46", "who": "Tòng Văn Hải", "at": NOW - timedelta(minutes=1)},
        "page": Paginator(range(75), 22).page(1),
        "active": [{"label": "Xếp loại: Tốt", "url": "?"}],
        "phases": PHASES,
    }


def gallery(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.SHOW_GALLERY):
        raise Http404
    made = sample()
    return render(request, "gallery.html", {"sample": made, "phases": made["phases"]})
