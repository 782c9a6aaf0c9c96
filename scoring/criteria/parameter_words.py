"""What the parameters of a set are called on screen. A new kind of rule needs its words here and nothing else."""

from django.utils.translation import gettext_lazy as _

# The kinds, in the order in which they are offered.
KINDS = {
    "boolean": _("Yes or no"),
    "level": _("One of several levels, or parts done"),
    "ratio": _("Share: a out of b"),
    "tiers": _("Steps: from so much on"),
    "count": _("So much for each"),
    "deadline": _("By a deadline"),
    "manual": _("Points given by the appraiser"),
    "linear": _("In proportion between two values"),
    "relative": _("Compared with the other units of the group"),
    "formula": _("A formula"),
    "carried": _("Taken over from another result"),
    "bonus": _("Bonus for each"),
    "penalty": _("Penalty for each"),
}
EXPLAINED = {
    "boolean": _("The unit answers yes or no; each answer earns its share of the points."),
    "level": _("The unit chooses one level; or it ticks the parts that are done, and their shares are added."),
    "ratio": _("The unit declares a and b; the percentage a ÷ b decides."),
    "tiers": _("The unit declares a number; the highest step that it reaches decides."),
    "count": _("Each counted item earns a share of the points, up to a number of items."),
    "deadline": _("The unit declares a date; in time earns all points, late less, step by step."),
    "manual": _("Somebody who appraises gives the points, from 0 to the maximum."),
    "linear": _("From the lower to the upper value the points rise evenly."),
    "relative": _("The best unit of the group earns all points; the others by comparison. Known only with all units."),
    "formula": _("The points are reckoned from the numbers declared and from the points of other criteria."),
    "carried": _("The points are those of another published result."),
    "bonus": _("Stands beside the tree: so many points are added for each item, up to the maximum."),
    "penalty": _("Stands beside the tree: so many points are taken away for each case, up to the maximum."),
}
_SHARE = _("Share of the points (%)")
# (kind, name) before name alone.
LABELS = {
    "code": _("Code"),
    "title": _("Title"),
    "max_points": _("Maximum points"),
    "weight": _("Weight"),
    "aggregate": _("How the group is reckoned"),
    "source_kind": _("Where the figures come from"),
    "missing": _("If nothing is declared"),
    "evidence": _("Evidence"),
    "required": _("Evidence is required"),
    "note": _("Which evidence is wanted"),
    "appraiser": _("Appraising agency"),
    "source": _("Source of the wording"),
    "provenance": _("How near it is to the source"),
    "kind": _("Way of scoring"),
    "na_allowed": _("A unit may ask for “not applicable”"),
    "children": _("Criteria under it"),
    "vi": _("Vietnamese"),
    "en": _("English"),
    "type": _("Kind of number"),
    "unit": _("Unit of measure"),
    "fraction": _SHARE,
    "grades": _("Grades"),
    "from": _("From so many points on"),
    "places": _("Decimal places"),
    "rounding": _("How halves are rounded"),
    "round_at": _("What is rounded"),
    "rank_on": _("Ranks compare"),
    "not_applicable": _("What does not apply to a unit"),
    "tie_break": _("Equal totals are told apart by"),
    "max_bonus": _("Bonus at most, in all"),
    "max_penalty": _("Penalty at most, in all"),
    "cap": _("Total at most"),
    ("set", "missing"): _("What is not declared"),
    ("boolean", "yes"): _("“Yes” earns (percent of the points)"),
    ("boolean", "no"): _("“No” earns (percent of the points)"),
    ("level", "options"): _("Levels"),
    ("level", "combine"): _("What is declared"),
    ("ratio", "full_at"): _("Full points from (%)"),
    ("ratio", "zero_below"): _("No points below (%)"),
    ("ratio", "between"): _("In between"),
    ("ratio", "b_zero"): _("If there is nothing to count (b = 0)"),
    ("tiers", "tiers"): _("Steps"),
    ("tiers", "min"): _("From the value"),
    ("count", "fraction_per_item"): _("Each earns (percent of the points)"),
    ("count", "max_items"): _("Counted at most"),
    ("deadline", "due"): _("Due on"),
    ("deadline", "late"): _("Late, by calendar days"),
    ("deadline", "days"): _("Up to so many days late"),
    ("formula", "expression"): _("Formula"),
    ("formula", "inputs"): _("Numbers that the unit declares"),
    ("formula", "name"): _("Name in the formula"),
    ("linear", "low"): _("Lower value"),
    ("linear", "high"): _("Upper value"),
    ("linear", "clip"): _("Never below 0 nor above the maximum"),
    ("linear", "transform"): _("Scale"),
    ("linear", "direction"): _("Which value is better"),
    ("relative", "method"): _("Compared by"),
    ("relative", "direction"): _("Which value is better"),
    ("carried", "set"): _("Code of the other set"),
    ("carried", "node"): _("Code of its group or criterion"),
    ("bonus", "per_item_points"): _("Points for each"),
    ("penalty", "per_item_points"): _("Points for each case"),
}
HELP = {
    ("ratio", "zero_below"): _("0 where every share counts."),
    ("deadline", "late"): _("The days rise from row to row. Later than the last row earns nothing."),
    ("tiers", "tiers"): _("Below the lowest step nothing is earned."),
    ("formula", "expression"): _(
        "Names of the numbers below, points of other criteria as [CODE], + − × ÷ ( ), comparisons and the functions listed."
    ),
    ("formula", "inputs"): _("A name is a letter first, then letters, digits and _, for example dung_han."),
    ("set", "max_bonus"): _("Left empty: without limit."),
    ("set", "max_penalty"): _("Left empty: without limit."),
    ("set", "cap"): _("Left empty: without limit."),
    ("carried", "set"): _("For example dti-commune."),
}
CHOICES = {
    "aggregate": {
        "sum": _("Sum: the points below are added"),
        "mean": _("Mean: each below counts the same"),
        "weighted_mean": _("Weighted mean: each counts by its weight"),
        "geometric_mean": _("Geometric mean by weights; a 0 makes the whole 0"),
    },
    "source_kind": {
        "declared": _("declared by the unit"),
        "measured": _("measured by a system"),
        "survey": _("from a survey"),
        "appraiser": _("entered by the appraiser"),
    },
    "provenance": {
        "exact": _("Word for word from the source."),
        "adapted": _("The source names the indicator; points and thresholds are the project's."),
        "invented": _("Made up by the project; no source has it."),
    },
    "missing": {
        "zero": _("counts 0 points"),
        "unranked": _("leaves the unit without a rank"),
    },
    "type": {
        "decimal": _("with decimals"),
        "integer": _("whole number"),
    },
    "rounding": {
        "half_up": _("up (0.125 becomes 0.13)"),
        "half_even": _("to the even digit (0.125 becomes 0.12)"),
        "down": _("always down"),
    },
    "round_at": {
        "leaf": _("each line, before it is added"),
        "total": _("only the total"),
    },
    "rank_on": {
        "rounded": _("the rounded total, as it is printed"),
        "exact": _("the exact total"),
    },
    "not_applicable": {
        "renormalise": _("leaves the maximum; the rest is rescaled"),
        "full": _("counts its full points"),
        "zero": _("counts 0 points"),
    },
    ("level", "combine"): {
        "one": _("exactly one of the levels"),
        "sum": _("every part that is done; the shares are added"),
    },
    ("ratio", "between"): {
        "over_full": _("in proportion to the threshold: share ÷ threshold × maximum"),
        "over_100": _("in proportion to 100%: share × maximum"),
        "none": _("no points"),
    },
    ("ratio", "b_zero"): {
        "na": _("the criterion is not applicable"),
        "zero": _("0 points"),
        "full": _("full points"),
    },
    ("linear", "transform"): {
        "none": _("even"),
        "ln": _("logarithmic"),
    },
    ("linear", "direction"): {1: _("the larger"), -1: _("the smaller")},
    ("relative", "direction"): {1: _("the larger"), -1: _("the smaller")},
    ("relative", "method"): {
        "best": _("value ÷ the best value of the group"),
        "min_max": _("place between the smallest and the largest value"),
        "rank": _("rank in the group"),
    },
}
# Parameters that are shares of the points: people type percents.
SHARES = {"fraction", "yes", "no", "fraction_per_item"}
# Kinds whose fields the set gives a title and a unit, with the fields.
LABELLED_FIELDS = {
    "ratio": ("a", "b"), "tiers": ("value",), "count": ("value",), "linear": ("value",), "relative": ("value",),
    "bonus": ("value",), "penalty": ("value",), "deadline": ("date",), "manual": ("points",), "carried": ("points",),
}  # fmt: skip
FIELD_WORDS = {
    "a": _("a: the number that fulfils it"),
    "b": _("b: the number of all"),
    "value": _("The number declared"),
    "date": _("The date declared"),
    "points": _("The points entered"),
}


def label_of(kind: str, name: str):
    return LABELS.get((kind, name)) or LABELS.get(name) or FIELD_WORDS.get(name) or name


def help_of(kind: str, name: str):
    return HELP.get((kind, name), "")


def choices_of(kind: str, name: str) -> dict:
    """Alternative → its words; empty for what is not chosen from a list."""
    return CHOICES.get((kind, name)) or CHOICES.get(name, {})
