"""Which records have a JSON Schema: those that are printed or kept, and the data of a page. It only names them."""

from briefing.brief import Brief
from briefing.records import Answer, ArticleSummary, Diff, Timeline
from briefing.types import Frozen, Verdict
from briefing.web.data import BriefPage

RECORDS: dict[str, type[Frozen]] = {
    "brief": Brief,
    "verdict": Verdict,
    "answer": Answer,
    "diff": Diff,
    "timeline": Timeline,
    "article": ArticleSummary,
    "page": BriefPage,
}
"""The records by their names."""
