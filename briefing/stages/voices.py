"""Two gates about people: who said it, and who does what to whom.

A claim that copies its sentence keeps the speaker and the order. One that paraphrases must still say that somebody said it, and name only
speakers that the cited sentences name; where its order differs, names are swapped in it and the judge compares (`swaps`).
"""

import re
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from briefing.stages.material import Material, stems
from briefing.text.attribution import VERBS, Attribution, attributions
from briefing.text.names import Name, is_person, names, titled
from briefing.text.numbers import numbers
from briefing.text.quotations import without_quotations
from briefing.text.signals import hedges, tellings
from briefing.text.variants import Known, country, known, same_spelling
from briefing.text.words import fold, fold_text, words

_POINTING = re.compile(
    r"\b(?:he|she|they|it|we|(?:the (?:[\w.]+ )?|\w+[’']s (?:\w+ )?)"
    r"(?:paper|newspaper|outlet|report|minister|president|spokes\w+|leader|official|chief|head|ruler|dictator|source|group)s?)\b",
    re.IGNORECASE,
)
_PRONOUNS = {"he", "she", "it", "they", "who"}
_RESTING = {"citing", "quoting", "cited", "quoted", "according"}
_ONLY_SAID = 0.5  # share of a claim's words that stand only in what somebody says, from which it repeats what they say
_TRAILING = 3  # words after an attribution at the end: ", he said on Monday"
_SWAPS = 2
_ALTERNATIVES = 3
_SAID_THERE = 0.4  # share of what a speaker says that a sentence must hold to be where it is said
_LIST = {",", ", and", " and", " or", " and the", ", and the"}


def speaker(m: Material) -> str:
    """Refuse a speaker who is not in the article, a claim that dropped the speaker of its sentence, and one that names another."""
    if m.speaker and not any(
        fold_text(m.speaker).casefold() in fold_text(article).casefold() or _both(m.speaker, article) for article in m.articles
    ):
        return f"the speaker “{m.speaker}” is not in the cited articles"
    given = attributions(m.main)
    first = next((a.speaker for a in given if fold(a.speaker) not in _PRONOUNS), "")
    if m.speaker and not (_shares(m.speaker, [m.text]) and (m.verbatim or not first or _tells(m.text))):
        return f"does not say that {m.speaker} said it"
    if m.verbatim:
        return ""
    if given and not _repeats_only_said(m, given[0]):
        given = given[:0]
    first = first if given else ""
    if first and m.copied and not m.speaker and not _shares(first, [m.text]):
        return f"lost that {first} said it"
    said = {a.speaker: m.text[a.start : a.end] for a in attributions(m.text) if fold(a.speaker) not in _PRONOUNS}
    if given and not said and not _told(m, given[0]):
        return f"lost that {first or 'somebody'} said it"
    inner = _dropped(m, given[1:]) if m.copied else ""
    if inner:
        return f"lost that {inner} is cited for it"
    other = _stranger(m, said)
    return f"“{other}” says nothing in the cited sentences" if other else ""


def _dropped(m: Material, inner: Sequence[Attribution]) -> str:
    """Return whom a nested report rests on ("RT, citing Bild") and the claim does not name, or ""."""
    resting = dict.fromkeys(a.speaker for a in inner if fold(words(m.main[a.start : a.end])[0].text) in _RESTING)
    return next((name for name in resting if not _shares(name, [m.text])), "")


def _stranger(m: Material, said: Mapping[str, str]) -> str:
    """Return the first speaker of the claim who does not speak in the cited sentences, or ""."""
    sources = [a.speaker for quote in m.quotes for a in attributions(quote)] + [m.speaker] * bool(m.speaker)
    for name, phrase in said.items():
        if m.copied and not _shares(name, [*sources, *m.quotes[1:]]) and not any(_shares(source, [phrase]) for source in sources):
            opening = [] if attributions(m.main) else names(m.main)[:1]  # the subject of a verb that we do not know
            if not (opening and tellings(m.main) and _shares(name, [opening[0].text])):
                return name
        if not m.known.holds_acronym_of(name) and any(not _named(one, m) for one in names(name)):
            return name
    named = [name for name in said if names(name)]
    if named and not m.copied and not any(_speaks_there(m, name) for name in named):
        return named[0]
    return ""


def _speaks_there(m: Material, name: str) -> bool:
    """Return whether the sentence that holds what the claim says is one that names its speaker, or one that says "he", "the paper"."""
    told = stems(m.text) - stems(name) - {stem for word in tellings(m.text) for stem in stems(word)}
    there = max(m.quotes, key=lambda quote: len(told & stems(quote)), default="")
    if len(told & stems(there)) < _SAID_THERE * len(told):
        return True
    own = [fold(word.text) for word in words(name) if word.text[0].isupper()]
    return any(known(there).holds(word) for word in own) or known(there).holds_acronym_of(name) or _POINTING.search(there) is not None


def _repeats_only_said(m: Material, a: Attribution) -> bool:
    """Return whether the claim repeats what `a` says in the first cited sentence, rather than what stands beside it."""
    told = stems(without_quotations(m.text)) & stems(m.cited)
    return not told or len(told & _said(m.main, a)) >= _ONLY_SAID * len(told)


def _told(m: Material, a: Attribution) -> bool:
    """Return whether a paraphrase says that somebody says it, in words that are not themselves what is said."""
    said = _said(m.main, a)
    speakers = [a.speaker for quote in m.quotes for a in attributions(quote) if fold(a.speaker) not in _PRONOUNS]
    if any(_shares(one, [m.text]) for one in speakers) and tellings(without_quotations(m.text)):
        return True
    return bool(hedges(m.text)) or any(not stems(word) & said for word in tellings(without_quotations(m.text)))


def _said(sentence: str, a: Attribution) -> set[str]:
    """Return the stems that stand only in what is said: after "X said", or before ", X said"."""
    before, after = sentence[: a.start], sentence[a.end :]
    inside, outside = (after, before) if len(words(after)) > _TRAILING else (before, after)
    return stems(inside) - stems(outside) - stems(a.speaker)


def _named(name: Name, m: Material) -> bool:
    parts = [fold(word.text) for word in words(titled(name)[1] or name.text)]
    return m.known.holds_acronym_of(name.text) or any(m.known.holds(part) for part in parts[-1:])


def _tells(text: str) -> bool:
    """Return whether `text` holds words of saying, outside its quotations."""
    return any(word.text in VERBS or fold(word.text) in {"according", "saying"} for word in words(without_quotations(text)))


def _shares(name: str, others: Sequence[str]) -> bool:
    """Return whether one of `others` has the last word of `name` (the name, the noun) and at least half of its words."""
    wanted = [fold(word.text) for word in words(name)]
    for other in others:
        told = {fold(word.text) for word in words(other)}
        if wanted and wanted[-1] in told and sum(word in told for word in wanted) >= 0.5 * len(wanted):
            return True
        if known(other).holds_acronym_of(name) or Known(name).holds_acronym_of(other):
            return True
    return False


def _both(name: str, article: str) -> bool:
    """Return whether a speaker such as "Trump and Putin" is made of names of the article."""
    return " and " in name and all(part in article for part in name.split(" and "))


def actors(m: Material) -> str:
    """Refuse a claim that is no likelier than itself with names exchanged, or with a name of its sentence in the place of another one.

    Order is who did what to whom. A draft is made of its sentence's words in their order (see `briefing.stages.draft`), so it passes
    unasked; so does a claim that has nobody to confuse.
    """
    if m.verbatim or not m.quotes or not alternatives(m):
        return ""
    if m.roles is None:
        word = m.misplaced.text if m.misplaced else m.text
        return f"“{word}” stands in another order than in the sentence, and nobody judged the roles"
    return (
        ""
        if m.roles
        else "the sentences say as much of it with the names exchanged, or others in their places: who did what to whom is not clear"
    )


def alternatives(m: Material) -> list[str]:
    """Return the claim with names in other places: what the judge compares it with. Empty where its sentence settles the places."""
    if m.verbatim:
        return []
    return (_replaced(m) + ([] if m.copied else swaps(m.text)))[:_ALTERNATIVES]


def swaps(text: str) -> list[str]:
    """Return `text` with two of its names exchanged, the likeliest pairs first: of a kind, neighbours; never two of one list."""
    found = [_uncounted(name) for name in names(text) if titled(name)[1]]
    pairs = sorted(
        combinations(range(len(found)), 2), key=lambda pair: (_kind(found[pair[0]]) != _kind(found[pair[1]]), pair[1] - pair[0], pair)
    )
    return [_exchanged(text, found[a], found[b]) for a, b in pairs if _apart(text, found[a], found[b], found[a : b + 1])][:_SWAPS]


def _uncounted(name: Name) -> Name:
    """Return a name without a number before it ("Ninety-two Russian" -> "Russian")."""
    for word in words(name.text)[:-1]:
        if not numbers(word.text):
            return Name(name.text[word.start :], name.start + word.start, name.end)
    last = words(name.text)[-1:]
    return Name(name.text[last[0].start :], name.start + last[0].start, name.end) if last else name


def _replaced(m: Material) -> list[str]:
    """Return the claim with a name that its main sentence does not have replaced by one that it has and the claim lacks."""
    own, told = known(m.main), known(m.text)
    strange = [name for name in names(m.text) if not own.holds(name.last) and not own.holds_acronym_of(name.text)]
    if m.copied:
        spoken = [(a.start, a.end) for a in attributions(m.text)]  # names there, or at the head for a pronoun, may be of another sentence
        strange = [n for n in strange if m.text[: n.start].strip() and not any(start <= n.start < end for start, end in spoken)]
    given = [name for name in names(m.main) if titled(name)[1] and not told.holds(name.last) and not told.holds_acronym_of(name.text)]
    return [
        m.text[: name.start] + max(given, key=lambda other: _kind(other) == _kind(name)).text + m.text[name.end :]
        for name in strange
        if given
    ]


def _kind(name: Name) -> str:
    """Return what a name looks like: a country (its people, its capital), a person, or something else."""
    return "country" if country(name.last) else "person" if is_person(name, name.text) else "other"


def _apart(text: str, one: Name, other: Name, between: Sequence[Name]) -> bool:
    """Return whether two names mean two things that could change places: not one thing named twice, not members of one list."""
    if one.last == other.last or same_spelling(one.last, other.last) or country(one.last) & country(other.last):
        return False
    if Known(one.text).holds_acronym_of(other.text) or Known(other.text).holds_acronym_of(one.text):
        return False
    gaps = [text[a.end : b.start] for a, b in pairwise(between)]
    return not all(gap.rstrip() in _LIST for gap in gaps)


def _exchanged(text: str, one: Name, other: Name) -> str:
    return text[: one.start] + other.text + text[one.end : other.start] + one.text + text[other.end :]
