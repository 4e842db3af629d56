"""By how much a value is another one than before, where a sentence gives both: seven points of "61 percent, down from 68 percent".

quantities ─ two of one unit, the one after "from" ─► their difference, as a quantity behind "by"; between percents it is of points
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from briefing.language.base import Parse
from briefing.language.quantities import Quantity, quantities


def changes(parse: Parse) -> Iterator[Quantity]:
    """Yield the difference of each two values that a sentence tells as before and after."""
    told = quantities(parse)
    ranges = [(one._replace(high=one.low), one) for one in told if one.way == "from" and one.low != one.high]
    for last, one in (*ranges, *pairwise(told)):
        if (one.way == "from" or (last.way, one.way) == ("from", "to")) and last.unit == one.unit and one.unit not in {"th", "clock"}:
            gap, unit = abs(one.high - last.low), "point" if one.unit == "%" else one.unit
            yield one._replace(low=gap, high=gap, unit=unit, noun="", bound="", way="by", token=-1)
