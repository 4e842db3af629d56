"""Who speaks in interviews, transcripts and posts: the labels at the head of paragraphs ("Q:", "Mayor Lind:"), and questions without one.

A label is one where it comes again, or is a common one, and what follows is speech. What an asker says, premises too, is a question.
Who is quoted in prose is not known here.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from briefing.text.furniture import Label, grouped
from briefing.text.lines import Line
from briefing.types import Role

_LABEL = re.compile(
    r"^[*_]{0,2}(?P<name>[A-Z][\w.’'-]*(?: (?:(?:of|the|de|van|von|al|bin) )?[A-Z][\w.’'-]*){0,4})(?: \([^()]{1,40}\))?[*_]{0,2}:[*_]{0,2}(?=\s+\S)"
)
_STOPPED = re.compile(
    r"^[*_]{0,2}(?P<name>Q|A|Question|Answer|Reporter|Interviewer|QUESTION|ANSWER|REPORTER|INTERVIEWER)\.[*_]{0,2}(?=\s+\S)"
)
"""A label with a full stop, where asker and answerer have one again and again."""

_HEADER = re.compile(r"(?P<name>[^@()]{2,60}?) \(@\w{2,30}\)")
_PASSED_ON = re.compile(r"^RT (?P<name>@\w{2,30}):\s")
_ASKERS = frozenset({"q", "question", "reporter", "interviewer", "moderator", "host", "speaker", "audience", "journalist"})
_ANSWERS = frozenset({"a", "answer"})
UNNAMED = "A"
"""Who answers where nobody says who it is: nothing that is said so can be told."""

_TITLE = re.compile(
    r"^(?:Mayor|President|Prime Minister|Minister|Gov\.|Governor|Sen\.|Senator|Rep\.|Judge|Chief|Sheriff|Dr\.|Mrs?\.?|Ms\.?|Secretary) ",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us|[Yy]ou|[Yy]our)\b|\?")
OF_ONESELF = re.compile(r"\b(?:I|me|[Mm]y|[Ww]e|[Oo]ur|us)\b")
"""A word by which somebody speaks of himself."""

_YOU = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:(?:de|van|von|al|bin|el) )?[A-Z][\w’'-]+){1,2}\b")
_QUOTED = re.compile(r"[“\"„«‘][^”\"“»’]*[”\"“»’]")


class Speech(NamedTuple):
    """`speakers` and `asked` (whether a line is a question or its premise) are as many as lines; `form` is "" for prose."""

    speakers: list[str]
    asked: list[bool]
    form: Literal["", "interview", "transcript"]


def speech(lines: Sequence[Line], roles: Sequence[Label], title: str, source: str) -> Speech:
    """Return who speaks each line, "" where no label tells."""
    found = Speech([""] * len(lines), [False] * len(lines), "")
    _posts(lines, found)
    if any(found.speakers):
        return found._replace(form="transcript")
    groups = [group for group in grouped(lines) if roles[group[0]][0] is not Role.TITLE]
    names = _labelled(lines, roles, groups)
    if names:
        return _transcript(lines, roles, groups, names, title, source)
    return _unlabelled(lines, roles, groups, title)


def _posts(lines: Sequence[Line], found: Speech) -> None:
    """Give what stands under the header of a post to its account, and what it passes on to the one it names."""
    current = ""
    for group in grouped(lines):
        header = _HEADER.match(lines[group[0]].text) if lines[group[0]].note == "label" else None
        passed = _PASSED_ON.match(lines[group[0]].text)
        if header:
            current = header["name"].strip()
        for n in group:
            if not header and not lines[n].note:
                found.speakers[n] = passed["name"] if passed else current


def _labelled(lines: Sequence[Line], roles: Sequence[Label], groups: Sequence[list[int]]) -> dict[int, str]:
    """Return the label of each group that has one: labels that come again or are common, over what is speech."""
    heads = {at: lines[group[0]].text for at, group in enumerate(groups) if roles[group[0]][0] is Role.BODY}
    names = {at: match["name"] for at, head in heads.items() if (match := _LABEL.match(head))}
    names |= _stopped(heads)
    counts = Counter(names.values())
    common = {at for at, name in names.items() if name.casefold() in _ASKERS | _ANSWERS or _TITLE.match(name)}
    again = {at for at, name in names.items() if counts[name] > 1}
    spoken = sum(any(_SPEECH.search(lines[n].text) for n in groups[at]) and lines[groups[at][-1]].ended for at in names)
    sure = common | again
    told = {name.casefold() for name in names.values()}
    asked = bool(told & _ASKERS and told & _ANSWERS)  # "Q:" and "A:" need no "you" to be an interview
    titled = {at for at in common if _TITLE.match(names[at]) and lines[groups[at][-1]].ended}
    debated = _alternate(names, lines)
    if not sure or (3 * spoken < len(names) and not asked and not debated):
        return {at: names[at] for at in titled}
    if debated:
        return names
    if again and len(names) > 2:
        words = Counter(word for line in lines for word in line.text.replace(":", " ").split())
        return {at: name for at, name in names.items() if at in sure or words[name.split()[-1]] > 1}
    return {at: names[at] for at in common}


def _stopped(heads: Mapping[int, str]) -> dict[int, str]:
    """Return the labels with a full stop, where an asker and an answerer have at least two each."""
    names = {at: match["name"] for at, head in heads.items() if (match := _STOPPED.match(head))}
    asking = sum(name.casefold() in _ASKERS for name in names.values())
    return names if min(asking, len(names) - asking) >= 2 else {}


def _alternate(names: Mapping[int, str], lines: Sequence[Line]) -> bool:
    """Return whether persons take turns: two or more labels that are names, one of them again after another."""
    small = {word for line in lines for word in line.text.split() if word.islower()}
    order = [name for _, name in sorted(names.items())]
    persons = {name for name in order if _TITLE.match(name) or (" " in name and not any(w.casefold() in small for w in name.split()))}
    turns = [name for n, name in enumerate(order) if not n or order[n - 1] != name]
    return len(persons) > 1 and persons == set(order) and len(turns) > len(persons)


def unlabelled(text: str) -> str:
    """Return a line without the label at its head."""
    match = _LABEL.match(text) or _STOPPED.match(text)
    return text[match.end() :] if match else text


def _transcript(
    lines: Sequence[Line], roles: Sequence[Label], groups: Sequence[list[int]], names: dict[int, str], title: str, source: str
) -> Speech:
    """Give each labelled paragraph, and in a transcript those that go on, to its speaker; "A:" is the one who is interviewed."""
    whole = len(names) > 2
    askers = {name for name in names.values() if name.casefold() in _ASKERS or f" {name} ".casefold() in f" {source} ".casefold()}
    asking = Counter(names[at] for at in names if lines[groups[at][-1]].text.rstrip("*_").endswith("?"))
    askers |= {name for name, count in Counter(names.values()).items() if 2 * asking[name] >= count and name.casefold() not in _ANSWERS}
    host = names[min(names)]  # who opens a broadcast and asks as much as anybody reports in between, for the outlet
    if asking[host] and asking[host] == max(asking.values()) and host.casefold() not in _ANSWERS:
        askers.add(host)
    askers |= {other.split()[-1] for other in askers} & {*names.values()}  # "KELL:" behind "SEN. ADA KELL:"
    answering = {name for name in names.values() if name not in askers and name.casefold() not in _ANSWERS}
    known = _interviewee(title, " ".join(line.text for line in lines), answering)
    found = Speech([""] * len(lines), [False] * len(lines), "interview" if askers else "transcript" if whole else "")
    current, asks = "", False
    for at, group in enumerate(groups):
        if roles[group[0]][0] is not Role.BODY:
            continue
        if at in names:
            asks = names[at] in askers
            answers = names[at].casefold() in _ANSWERS or (known and names[at] in {known.split()[-1], _initials(known)})
            current = (known or (UNNAMED if names[at].casefold() in _ANSWERS else names[at])) if answers else names[at]
        elif not whole:
            continue
        for n in group:
            found.speakers[n], found.asked[n] = current, asks
    return found


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _unlabelled(lines: Sequence[Line], roles: Sequence[Label], groups: Sequence[list[int]], title: str) -> Speech:
    """Find an interview without labels: paragraphs in bold, or questions to a "you", between paragraphs of an "I"."""
    found = Speech([""] * len(lines), [False] * len(lines), "")
    bold = [at for at, group in enumerate(groups) if _bold(lines, group)]
    asking = [at for at in bold if any(lines[n].text.rstrip("*_").endswith("?") or _YOU.search(lines[n].text) for n in groups[at])]
    if len(asking) < 2 or 2 * len(asking) < len(bold):
        asking = [at for at, group in enumerate(groups) if lines[group[-1]].plain.endswith("?") and _YOU.search(lines[group[-1]].plain)]
    if len(asking) < 2:
        return found
    asked = set(asking)
    answers = [at for at in range(asking[0], len(groups)) if at not in asked and roles[groups[at][0]][0] is Role.BODY]
    told = sum(any(OF_ONESELF.search(lines[n].plain) for n in groups[at]) for at in answers)
    if not answers or 2 * told < len(answers):
        return found
    before = " ".join(lines[n].text for group in groups[: asking[0]] for n in group)
    speaker = _interviewee(title, before, set()) or UNNAMED
    for at in answers:
        for n in groups[at]:
            found.speakers[n] = speaker
    for at in asking:
        for n in groups[at]:
            found.asked[n] = True
    return found._replace(form="interview")


def _bold(lines: Sequence[Line], group: Sequence[int]) -> bool:
    first, last = lines[group[0]].text, lines[group[-1]].text
    return first.startswith(("**", "__")) and last.endswith(("**", "__"))


def _interviewee(title: str, text: str, labels: set[str]) -> str:
    """Return the full name of the one who is interviewed: the only one in the headline, or the one whose label it is; "" in doubt."""
    plain = _QUOTED.sub(" ", title)
    small = [word for word in plain.split() if word.isalpha() and len(word) > 3]
    shouting = len(small) > 3 and all(word[0].isupper() for word in small)
    candidates = set() if shouting else set(_NAME.findall(plain))
    if len(labels) == 1:
        (label,) = labels
        several = [name for name in _NAME.findall(f"{plain}\n{text}") if not _TITLE.match(name)]
        full = {name for name in several if label.split()[-1] in {name.split()[-1], _initials(name)}}
        return full.pop() if len(full) == 1 else label
    return candidates.pop() if len(candidates) == 1 and not labels else ""
