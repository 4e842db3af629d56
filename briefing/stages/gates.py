"""The gates that ask whether everything in a claim is in its cited sentences.

Each gate fails closed: what it cannot establish is a refusal with its reason. The same gates check drafts, saved briefs, headlines, and any
sentence that a user wants checked. A gate may refuse a true claim; it may not pass a false one that it was made to see. Who speaks and who
does what to whom is in `voices`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from briefing.stages.material import Material, stems, ungoverned
from briefing.stages.voices import actors, speaker
from briefing.text.cues import contrary, new_cause, new_quantity, new_time
from briefing.text.loaded import loaded
from briefing.text.names import TITLES, name_words, names
from briefing.text.numbers import counted, numbers, rounded
from briefing.text.quotations import quotations, quoted_parts, stands_in, without_quotations
from briefing.text.signals import denials, doubts, hedges, negations, openings, plans, possibilities, refusals, tellings
from briefing.text.words import fold, words
from briefing.types import Gate

_SHORTEST = 3  # words of a claim
_BOUNDS = {"over", "about", "around", "nearly", "almost", "least", "most", "than", "up", "under", "below", "approximately", "roughly"}
_PARTS = re.compile(  # what a claim may leave out whole
    r"[,;:—–\n]|\s(?:but|while|though|although|who|which|due to|despite|because|amid|after|during|until|unless)\s"
)
_FILLERS = re.compile(
    r"^(?:\([A-Z][A-Za-z ]{1,30}\)\s+|(?:However|Meanwhile|Additionally|Moreover|Furthermore|Notably|Also|Indeed|Still|In addition|"
    r"In (?:a )?(?:separate|related|another) (?:development|move|news|step)|In other (?:updates|news|developments)|"
    r"(?:Perhaps )?[Mm]ore \w+ly(?: still)?(?: is that)?|Perhaps more \w+ly is that|Adding to the [\w ]+?tensions|And|But|So|Yet),?\s+)+"
)
_NOUN = 5  # letters by which forms of one word are compared
_SAID_AGAIN = 0.4, 0.6  # share of some words from which a claim repeats them: where it copies, where it paraphrases
_GOVERNED = 4  # words after a signal that it governs
_NOT = ("n’t", "n't")
_FORMS = {"would": "will", "might": "may", "could": "can"}
_PLURAL = re.compile(r"\b(?:their|they|them|both (?:leaders|sides|men)|the two (?:leaders|sides|men|countries))\b", re.IGNORECASE)
_ANY_PLURAL = re.compile(r"\b(?:\w{3,}[^s’'\W]s|people|police|[A-Z][\w.’]+ and|\w+ and)\b|[A-Z]\w+[^.]* [A-Z]\w+ [A-Z]\w+.* [A-Z]")


def check(
    text: str, quotes: Sequence[str], articles: Sequence[str], *, speaker: str = "", verbatim: bool = False, roles: bool | None = None
) -> tuple[Gate, ...]:
    """Return what every gate says of a claim, in fixed order. A gate that breaks is a gate that refuses. The arguments are Material's."""
    return run(Material(text, quotes, articles, speaker, verbatim, roles=roles))


def run(material: Material) -> tuple[Gate, ...]:
    """Return what every gate says of a claim, in fixed order."""
    return tuple(_run(name, gate, material) for name, gate in GATES.items())


def ask(name: str, material: Material, roles: bool) -> Gate:
    """Return what one gate says of a claim, now that the judge was asked about its roles."""
    return _run(name, GATES[name], replace(material, roles=roles))


def _run(name: str, gate: Callable[[Material], str], material: Material) -> Gate:
    try:
        detail = gate(material)
    except Exception as error:
        detail = f"the check itself failed: {type(error).__name__}"
    return Gate(name=name, passed=not detail, detail=detail)


def _whole(m: Material) -> str:
    """Refuse fragments, several lines, and quotation marks that do not pair."""
    if len(words(m.text)) < _SHORTEST:
        return "too short to say anything"
    if "\n" in m.text or not m.quotes:
        return "not one cited sentence"
    if m.text.count("“") != m.text.count("”") or m.text.count('"') % 2:
        return "quotation marks do not pair"
    lone = _PLURAL.search(without_quotations(m.text))
    if lone and not m.verbatim and not _ANY_PLURAL.search(m.text[: lone.start()]):
        return f"does not say whom “{lone.group()}” means"
    return ""


def _quotation(m: Material) -> str:
    """Refuse words in quotation marks that are not in the cited sentences to the letter."""
    wrong = [part for part in quoted_parts(m.text) if not any(stands_in(part, quote) for quote in m.quotes)]
    if wrong:
        return f"“{wrong[0]}” is not in the cited sentences"
    return "a verbatim claim without a quotation" if m.verbatim and not quoted_parts(m.text) else ""


def _numbers(m: Material) -> str:
    """Refuse a number that no cited sentence names, not even rounded, and two numbers that changed places.

    Of a free claim, a number that is nowhere in the articles.
    """
    if m.free:
        given = numbers("\n".join(m.articles))
        absent = {n for n in numbers(m.text, vague=False) - given if not rounded(n, m.text, given)}
        return f"{min(absent)} is not in the articles" if absent else ""
    given = numbers(m.cited)
    missing = {n for n in numbers(m.text, vague=False) - given if m.copied or not rounded(n, m.text, given)}
    if missing:
        return f"{min(missing)} is not in the cited sentences"
    bare, exact = _limited(m.cited)
    lost = _limited(m.text)[1] & (bare - exact) if m.copied and not m.verbatim else set()
    if lost:
        return f"lost the “over”, “nearly” or the like before “{min(lost)}”"
    other = _moved(m.text, m.cited)
    return f"{other[0]} counts “{other[1]}”, and not in the cited sentences" if other else ""


def _moved(text: str, cited: str) -> tuple[str, str] | None:
    """Return a number and the noun it counts in `text`, if the cited sentences count that noun with another number of `text`."""
    told, given = counted(text), counted(cited)
    for number, noun in sorted(told):
        others = {n for n, what in given if what[:_NOUN] == noun[:_NOUN]}
        if others and number not in others and others & {n for n, _ in told}:
            return number, noun
    return None


def _limited(text: str) -> tuple[set[str], set[str]]:
    """Return the counting words of `text` that stand after "over", "nearly" and the like, and those that stand without."""
    found = [fold(word.text) for word in words(text)]
    counting = [n for n, word in enumerate(found) if numbers(word, vague=False) or word in {"every", "all"}]
    bounded = {n for n in counting if set(found[max(0, n - 2) : n]) & _BOUNDS}
    return {found[n] for n in bounded}, {found[n] for n in counting if n not in bounded}


def _names(m: Material) -> str:
    """Refuse a name that no cited sentence names; around a quotation, the article may name it (its outlet, its speaker).

    A name that is only more complete than in the sentence ("Ukrainian President Volodymyr Zelensky" for "Zelensky") may take the rest from
    the article.
    """
    known = m.background if m.verbatim else m.known
    first = words(m.text)[0].text if words(m.text) else ""
    missing = {name for name in name_words(m.text) if not known.holds(name)}
    missing -= {fold(first)} if not first.isupper() and _common(first, m) else set()
    for name in names(m.text):
        parts = {fold(word.text) for word in words(name.text)}
        if known.holds_acronym_of(name.text):
            missing -= parts
        elif parts & missing and any(known.holds(part) for part in parts - missing - TITLES):
            missing -= {part for part in parts & missing if part in TITLES or m.background.holds(part)}
    return f"{min(missing)} is not named in the cited sentences" if missing else ""


def _common(word: str, m: Material) -> bool:
    """Return whether the first word of a claim is no name: a number, or a word that the articles write in lower case."""
    stem = fold(word)[:_NOUN] if len(word) > _NOUN else fold(word)
    return bool(numbers(word)) or any(re.search(rf"\b{re.escape(stem)}", article) for article in m.articles)


def _negation(m: Material) -> str:
    """Refuse a claim that denies what its sentences do not deny, lost a denial of what it repeats, or says the contrary."""
    if m.verbatim:
        return ""
    own = without_quotations(m.text)
    gained = _denied(own) - _denied(m.cited)
    if gained and (m.copied or not denials(m.cited)):
        return f"“{min(gained)}” denies something that the cited sentences do not deny"
    lost = _lost(m, _denied, denials) or ungoverned(without_quotations(m.main), _denied, m.text, denials)
    if lost:
        return f"lost the negation in “{lost}”"
    if not m.copied and (gained_words := ungoverned(own, _denied, m.main, denials)):
        return f"“{gained_words}” is not denied in the cited sentences"
    against = contrary(own, m.cited) if bool(negations(own)) == bool(negations(m.cited)) else None
    return f"“{against[0]}” says the contrary of “{against[1]}”" if against else ""


def _denied(text: str) -> set[str]:
    return negations(text) | refusals(text)


def _doubt(m: Material) -> str:
    """Refuse a claim that states as certain what its sentences report as alleged, possible, planned or wanted."""
    if m.verbatim:
        return ""
    if lost := _lost(m, doubts, hedges):
        return f"lost the doubt in “{lost}”"
    lost = _lost(m, possibilities, possibilities) or ungoverned(without_quotations(m.main), _undecided, m.text, openings)
    if lost:
        return f"lost the possibility in “{lost}”"
    gained = "" if m.copied else ungoverned(without_quotations(m.text), plans, m.main, openings)
    return f"“{gained}” is more than a possibility in the cited sentences" if gained else ""


def _undecided(text: str) -> set[str]:
    return possibilities(text) - tellings(text)


def _quantity(m: Material) -> str:
    """Refuse "only", "all", "most", "over" and the like where nothing in the cited sentences says so."""
    found = "" if m.verbatim else new_quantity(without_quotations(m.text), m.cited)
    return f"nothing in the cited sentences says “{found}”" if found else ""


def _time(m: Material) -> str:
    """Refuse an order in time, a repetition, a date or a finality that the cited sentences do not give."""
    found = "" if m.verbatim else new_time(without_quotations(m.text), m.cited)
    return f"nothing in the cited sentences says “{found}”" if found else ""


def _cause(m: Material) -> str:
    """Refuse a cause, a purpose or a reaction where the cited sentences give none."""
    found = "" if m.verbatim else new_cause(without_quotations(m.text), m.cited)
    return f"the cited sentences give no reason, and “{found}” gives one" if found else ""


def _lost(m: Material, signals: Callable[[str], set[str]], alike: Callable[[str], set[str]]) -> str:
    """Return the words of the cited sentence that a signal governs, if the claim repeats them without the signal, or "".

    A claim that copies must keep the signal, in any of its forms; one that paraphrases, any word `alike`.
    """
    if not m.copied and alike(m.text):
        return ""
    held = {_form(word) for word in signals(m.text)}
    said = stems(m.text)
    source = _without_filler(m.main)
    bare = list(without_quotations(source, closed_only=True))
    for q in quotations(source):
        if q.inside(source).endswith(","):  # American commas stand inside the marks
            bare[q.end - 1] = ","
    for part in _PARTS.split("".join(bare)):
        lost = {word for word in signals(part) if _form(word) not in held and (m.copied or not (tellings(word) and tellings(m.text)))}
        told = words(part)
        for n, word in enumerate(told):
            if ("not" if word.text.endswith(_NOT) else fold(word.text)) in lost:
                governed = " ".join(w.text for w in told[n + 1 : n + 1 + _GOVERNED]) or " ".join(
                    w.text for w in told[max(0, n - _GOVERNED) : n]
                )
                content = stems(governed) - {other[:_NOUN] for other in lost}
                if content and len(content & said) >= _SAID_AGAIN[not m.copied] * len(content):
                    return f"{word.text} {governed}"
    return ""


def _without_filler(text: str) -> str:
    """Return `text` without the words that only join it to the sentence before ("However,", "In other news,")."""
    rest = _FILLERS.sub("", text)
    return rest[:1].upper() + rest[1:] if rest else text


def _form(word: str) -> str:
    return _FORMS.get(word, word[:_NOUN])


def _neutral(m: Material) -> str:
    """Refuse loaded words outside quotation marks."""
    hits = loaded(m.text)
    return f"loaded wording: “{m.text[hits[0].start : hits[0].end]}”" if hits else ""


GATES: dict[str, Callable[[Material], str]] = {
    "whole": _whole,
    "quotation": _quotation,
    "numbers": _numbers,
    "quantity": _quantity,
    "names": _names,
    "negation": _negation,
    "doubt": _doubt,
    "time": _time,
    "cause": _cause,
    "speaker": speaker,
    "actors": actors,
    "neutral": _neutral,
}
"""Every gate by the name that stands in the record, in the order in which they are asked."""

FORM = frozenset({"whole", "neutral"})
"""Gates about how a claim is worded: a brief is held to them, and they say nothing about whether a claim is supported."""

ALWAYS = frozenset({"numbers"})
"""Gates that hold for a free claim, too."""
