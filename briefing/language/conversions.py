"""Quantities of one measure in another unit: miles in kilometres, acres in hectares, degrees Fahrenheit in Celsius; money never.

quantity, another ─ one measure (length, area, volume, weight, warmth, speed)? ─► its value in the other's unit, rounded as that is written

A value counts as the other's where it rounds to it: "9.66" is "10" and "9.7", and no "9". What "gallon" is, two countries see differently:
of its two values the nearer one counts. Spans of time are counted, not measured: two days are 48 hours and a
year twelve months, but no 365 days; of two spans in other units that are not the same nothing is said.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from briefing.language.quantities import Quantity

_LENGTHS = {
    "metre": "1", "kilometre": "1000", "centimetre": "0.01", "millimetre": "0.001", "mile": "1609.344", "yard": "0.9144", "foot": "0.3048",
    "inch": "0.0254", "nautical-mile": "1852",
}  # fmt: skip
_OTHERS = {  # how many of which unit one is; of a gallon there are two
    "hectare": ("square-metre", "10000"), "acre": ("square-metre", "4046.8564"),
    "liter": ("cubic-metre", "0.001"), "gallon": ("cubic-metre", "0.003785412 0.00454609"), "barrel": ("cubic-metre", "0.158987"),
    "gram": ("gram", "1"), "kilogram": ("gram", "1000"), "tonne": ("gram", "1000000"), "ounce": ("gram", "28.3495"),
    "pound": ("gram", "453.59237"), "watt": ("watt", "1"), "kilowatt": ("watt", "1e3"), "megawatt": ("watt", "1e6"),
    "gigawatt": ("watt", "1e9"), "terawatt": ("watt", "1e12"), "kilowatt-hour": ("watt-hour", "1e3"), "megawatt-hour": ("watt-hour", "1e6"),
    "gigawatt-hour": ("watt-hour", "1e9"), "terawatt-hour": ("watt-hour", "1e12"),
}  # fmt: skip
_SPANS = {
    "second": ("second", 1), "minute": ("second", 60), "hour": ("second", 3600), "day": ("second", 86400), "week": ("second", 604800),
    "month": ("month", 1), "year": ("month", 12), "decade": ("month", 120),
}  # fmt: skip
_POWERS = {"square": 2, "cubic": 3}
_WARM = {"celsius": (Decimal(1), Decimal(0)), "fahrenheit": (Decimal(5) / 9, Decimal(-160) / 9)}
_HALF, _MOST = Decimal("0.5"), Decimal("0.05")  # of the last digit written, and of the whole: "100 km" is not "60 km"


class _Scale(NamedTuple):
    """What a unit measures, and how many of the measure it is, in each of its meanings; `more` is where its zero lies."""

    measure: tuple[str, str]
    factors: tuple[Decimal, ...]
    more: Decimal = Decimal(0)


def converted(one: Quantity, like: Quantity) -> Quantity:
    """Return a quantity in the unit of another one of its measure, with the other's value where it rounds to that; else as it is."""
    if (one.unit, one.per) == (like.unit, like.per):
        return one
    if one.unit in _SPANS:
        return one._replace(low=like.low, high=like.high, unit=like.unit) if _lasts_as(one, like) else one
    here, there = _scale(one), _scale(like)
    if here is None or there is None or here.measure != there.measure:
        return one
    degrees = here.measure[0] == "degree"
    more = Decimal(0) if "by" in {one.way, like.way} else here.more - there.more  # "fell by 9 degrees" has no zero
    low, high = (
        _rounded([(end * factor + more) / to for factor in here.factors for to in there.factors], (like.low, like.high), degrees=degrees)
        for end in (one.low, one.high)
    )
    return one._replace(low=low, high=high, unit=like.unit, per=like.per)


def _lasts_as(one: Quantity, like: Quantity) -> bool:
    """Return whether two spans of time are of one length."""
    (base, factor), (other, to) = _SPANS[one.unit], _SPANS.get(like.unit, ("", 0))
    return base == other and one.per == like.per and [factor * one.low, factor * one.high] == [to * like.low, to * like.high]


def comparable(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities are of one unit, or of two of one measure that are certainly no money."""
    return one.unit == other.unit or (converted(one, other).unit == other.unit and "pound" not in {one.unit, other.unit})


def measure(unit: str) -> str:
    """Return what a unit measures, by its simplest unit: "metre" of miles; "" of what has but one, and of "pound", that may be money."""
    if unit in _OTHERS:
        return _OTHERS[unit][0] if unit != "pound" else ""
    power, _, length = unit.rpartition("-") if unit not in _LENGTHS else ("", "", unit)
    return "" if length not in _LENGTHS or (power and power not in _POWERS) else f"{power}-metre" if power else "metre"


def _scale(one: Quantity) -> _Scale | None:
    if one.money or not one.unit:
        return None
    if one.unit == "degree":
        factor, more = _WARM.get(one.per, (None, Decimal(0)))
        return _Scale(("degree", ""), (factor,), more) if factor else None
    if one.unit == "knot":
        return _Scale(("metre", "hour"), (Decimal(_LENGTHS["nautical-mile"]),))
    if one.unit in _OTHERS:
        base, factors = _OTHERS[one.unit]
        return _Scale((base, one.per), tuple(map(Decimal, factors.split())))
    if not (base := measure(one.unit)):
        return None
    power, length = base.removesuffix("metre").rstrip("-"), one.unit if one.unit in _LENGTHS else one.unit.rpartition("-")[2]
    return _Scale((base, one.per), (Decimal(_LENGTHS[length]) ** _POWERS.get(power, 1),))


def _rounded(values: list[Decimal], written: tuple[Decimal, Decimal], *, degrees: bool) -> Decimal:
    """Return the end of a written quantity to which one of some values rounds, else the first value, to a thousandth of itself."""
    for value in values:
        for end in written:
            if abs(value - end) <= _tolerance(end, degrees=degrees):
                return end
    return Decimal(f"{values[0]:.4g}")


def _tolerance(value: Decimal, *, degrees: bool) -> Decimal:
    """Return by how much a value may miss another that is written so: half of its last digit, and no more than a twentieth of it."""
    last = Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value else Decimal(1)
    return _HALF * min(last, Decimal(1)) if degrees else min(_HALF * last, _MOST * abs(value))
