"""A criteria set small enough to reckon by hand: 10 points, two pillars, seven kinds of rule; P.2 is measured, not declared."""

import json


def title(vi: str, en: str) -> dict:
    return {"vi": vi, "en": en}


def leaf(code: str, vi: str, max_points: str, rule: dict, **more) -> dict:
    return {"code": code, "title": title(vi, f"{vi} (en)"), "max_points": max_points, "rule": rule} | more


AGENCY = "Sở Khoa học và Công nghệ"

DOCUMENT = {
    "format": "sonla-awards/criteria-set@1",
    "code": "small",
    "year": 2026,
    "title": title("Bộ tiêu chí thử", "Small set"),
    "source": "Bản thử",
    "scoring": {
        "places": 2,
        "round_at": "leaf",
        "tie_break": ["pillar:B", "submitted_at"],
        "max_bonus": "1",
        "max_penalty": "2",
    },
    "grades": [
        {"code": "tot", "title": title("Tốt", "Good"), "from": "8.5"},
        {"code": "kha", "title": title("Khá", "Fair"), "from": "7"},
        {"code": "tb", "title": title("Trung bình", "Average"), "from": "5"},
        {"code": "yeu", "title": title("Yếu", "Weak"), "from": "0"},
    ],
    "root": {
        "code": "ALL",
        "title": title("Tổng điểm", "Total"),
        "children": [
            {
                "code": "A",
                "title": title("Nhận thức số", "Awareness"),
                "children": [
                    leaf(
                        "A.1",
                        "Có kế hoạch",
                        "1",
                        {"kind": "boolean"},
                        appraiser=AGENCY,
                        evidence={"required": True, "note": "Kế hoạch"},
                    ),
                    leaf(
                        "A.2",
                        "Người đứng đầu làm Trưởng ban",
                        "2",
                        {
                            "kind": "level",
                            "options": [
                                {"key": "head", "title": title("Cấp trưởng", "Head"), "fraction": "1"},
                                {"key": "deputy", "title": title("Cấp phó", "Deputy"), "fraction": "0.5"},
                                {"key": "none", "title": title("Không", "None"), "fraction": "0"},
                            ],
                        },
                        appraiser=AGENCY,
                    ),
                    leaf(
                        "A.3",
                        "Số cuộc họp",
                        "1",
                        {"kind": "tiers", "tiers": [{"min": "4", "fraction": "1"}, {"min": "2", "fraction": "0.5"}]},
                        appraiser=AGENCY,
                    ),
                ],
            },
            {
                "code": "B",
                "title": title("Chính quyền số", "Government"),
                "children": [
                    leaf(
                        "B.1",
                        "Tỷ lệ hồ sơ trực tuyến",
                        "3",
                        {
                            "kind": "ratio",
                            "full_at": "80",
                            "zero_below": "40",
                            "between": "over_full",
                            "b_zero": "na",
                            "na_allowed": True,
                        },
                        inputs={
                            "a": {"title": title("Hồ sơ trực tuyến", "Online files"), "type": "integer"},
                            "b": {"title": title("Tổng số hồ sơ", "All files"), "type": "integer"},
                        },
                        appraiser=AGENCY,
                        evidence={"required": True, "note": "Thống kê"},
                    ),
                    leaf(
                        "B.2",
                        "Số buổi hỗ trợ",
                        "2",
                        {"kind": "count", "fraction_per_item": "0.1", "max_items": 10, "na_allowed": True},
                        appraiser=AGENCY,
                    ),
                    leaf("B.3", "Đánh giá của Sở", "1", {"kind": "manual"}, appraiser=AGENCY, source_kind="appraiser"),
                ],
            },
        ],
    },
    "adjustments": [
        leaf("T.1", "Sáng kiến", "1", {"kind": "bonus", "per_item_points": "0.5"}, appraiser=AGENCY),
        leaf("P.1", "Nộp muộn", "2", {"kind": "penalty", "per_item_points": "0.25"}, appraiser=AGENCY),
        leaf(
            "P.2",
            "Hồ sơ trễ hạn",
            "1",
            {"kind": "penalty", "per_item_points": "0.1"},
            appraiser=AGENCY,
            source_kind="measured",
        ),
    ],
}


def small_set(**changes) -> bytes:
    return json.dumps(DOCUMENT | changes, ensure_ascii=False).encode()
