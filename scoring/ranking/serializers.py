"""Published rankings as programs read them: from the snapshot, never from the rows of today."""

import dataclasses

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import PageQuery, Points, Query, WholeIn
from scoring.engine import UnitResult
from scoring.ranking.league import Place
from scoring.ranking.reading import Reading


class RunQuery(Query):
    run = WholeIn(min_value=1, max_value=9999, default=0, help_text="A run that was replaced; else the one in force.")


class RowsQuery(PageQuery, RunQuery):
    pass


class RankingOut(serializers.Serializer):
    year = serializers.IntegerField(source="cycle.year")
    group = serializers.CharField(source="group.code")
    group_name = serializers.CharField(source="group.name")
    run = serializers.IntegerField(source="number")
    state = serializers.ChoiceField(choices=["published", "superseded"])
    published_at = serializers.DateTimeField()
    decision_number = serializers.CharField()
    decision_on = serializers.DateField()
    engine_version = serializers.CharField()
    sha256 = serializers.CharField(help_text="Of the frozen record.")
    is_sample = serializers.BooleanField(source="cycle.is_sample")


class PlaceOut(serializers.Serializer):
    """One unit's line of the table; its names are those at the time of the run."""

    unit = serializers.CharField()
    name = serializers.CharField(source="names.name")
    name_en = serializers.CharField(source="names.name_en")
    kind = serializers.CharField(source="names.kind")
    rank = serializers.IntegerField(source="result.rank", allow_null=True)
    total = Points(source="result.total", allow_null=True)
    grade = serializers.CharField(source="result.grade")
    tie_break = serializers.CharField(source="result.tie_break")
    bonus = Points(source="result.bonus")
    penalty = Points(source="result.penalty")
    pillars = serializers.SerializerMethodField(help_text="Points by pillar's code, before rescaling.")

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string", "nullable": True}})
    def get_pillars(self, place: Place) -> dict:
        points = {column.code: cell for column, cell in zip(self.columns(), place.cells, strict=True)}
        return {code: None if cell is None else str(cell) for code, cell in points.items()}

    def columns(self):
        return self.context["reading"].columns


class SentenceOut(serializers.Serializer):
    """How a figure came about: for people, and as data that recomputes it."""

    sentence_vi = serializers.CharField()
    sentence_en = serializers.CharField()
    trace = serializers.DictField()


class LineOut(SentenceOut):
    code = serializers.CharField()
    title_vi = serializers.CharField()
    title_en = serializers.CharField()
    status = serializers.CharField()
    max_points = Points()
    claimed_points = Points(allow_null=True)
    points = Points(allow_null=True)
    reason_code = serializers.CharField()
    reason = serializers.CharField()


class NodeOut(SentenceOut):
    code = serializers.CharField()


class PlaceTraceOut(PlaceOut):
    total_trace = SentenceOut()
    nodes = NodeOut(many=True)
    lines = LineOut(many=True)


def trace_of(reading: Reading, row: UnitResult) -> dict:
    """What `PlaceTraceOut` shows beyond the line of the table."""
    # The reader knows the group; the engine knows it by its code only.
    alone = dataclasses.replace(row, group="")
    return {
        "total_trace": _said(alone.total_sentence, row.total_trace),
        "nodes": [
            _said(lambda lang, code=node.code: row.node_sentence(code, lang), row.node_trace(node.code))
            | {"code": node.code}
            for node in reading.criteria_set.nodes
        ],
        "lines": [_line(reading, row, leaf) for leaf in reading.criteria_set.lines],
    }


def _said(sentence, trace: dict) -> dict:
    return {"sentence_vi": sentence("vi"), "sentence_en": sentence("en"), "trace": trace}


def _line(reading: Reading, row: UnitResult, leaf) -> dict:
    line, note = row.lines[leaf.code], reading.opened.notes[row.unit].get(leaf.code, {})
    return _said(line.sentence, line.trace) | {
        "code": leaf.code,
        "title_vi": leaf.title.vi,
        "title_en": leaf.title.en,
        "status": line.status,
        "max_points": leaf.max_points,
        "claimed_points": note.get("claimed"),
        "points": None if line.dropped else line.points,
        "reason_code": note.get("reason_code", ""),
        "reason": note.get("reason", ""),
    }
