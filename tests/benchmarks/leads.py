"""The leads of briefs beside the sentences that they cite, to be read by eye: `python -m tests.benchmarks.leads DATE.json…`

At the end: how many stories of several claims have a lead, of several articles and of one, and how much shorter these are.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefing.brief import Brief, Story
from briefing.types import Claim, cited_articles


def shown(brief: Brief, story: Story) -> Iterator[str]:
    """Yield the lines of a story with a lead."""
    leads = {lead.id: lead for lead in brief.leads}
    yield f"\n## {story.headline}"
    for name in story.lead:
        yield f"{leads[name].text} ({leads[name].support:.2f})"
        yield from (f"    {citation.article} s{citation.sentence}: {citation.quote}" for citation in leads[name].citations)
    if story.told:
        yield f"    stands for {', '.join(story.told)}"


def words(claims: Sequence[Claim]) -> int:
    """Return how many words some claims have."""
    return sum(len(claim.text.split()) for claim in claims)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the leads of all briefs that are named, and their shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("briefs", nargs="+", type=Path)
    stories: Counter[str] = Counter()
    led: Counter[str] = Counter()
    lengths: Counter[str] = Counter()
    for path in parser.parse_args(arguments).briefs:
        brief = Brief.model_validate_json(path.read_text(encoding="utf-8"), strict=True)
        claims = {claim.id: claim for claim in brief.claims}
        for story in (story for story in brief.stories if len(story.claims) > 1):
            kind = "several articles" if len(cited_articles(c for n in story.claims for c in claims[n].citations)) > 1 else "one article"
            stories[kind] += 1
            led[kind] += bool(story.lead)
            if story.lead:
                print("\n".join(shown(brief, story)))
                lead = [one for one in brief.leads if one.id in story.lead]
                lengths["leads"] += words(lead)
                lengths["claims"] += words([one for one in claims.values() if any(one.citations[0] in part.citations for part in lead)])
    print()
    for kind, number in stories.items():
        print(f"of {number} stories of several claims and {kind}, {led[kind]} have a lead")
    if lengths:
        print(f"their words: {lengths['leads'] / lengths['claims']:.2f} of those of their claims")


if __name__ == "__main__":
    main()
