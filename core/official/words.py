"""Words that official papers share; Vietnamese by nature."""

from datetime import date


def day_in_words(day: date) -> str:
    """ngày 05 tháng 3 năm 2027: a leading 0 for days below 10 and for months 1 and 2 only."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def numbered(founding_decision: str) -> str:
    """«Quyết định số 253/QĐ-UBND …», also where an office wrote the number alone."""
    return founding_decision if founding_decision.startswith("Quyết định") else f"Quyết định số {founding_decision}"
