"""How a person who is named by a surname is introduced: by the full name, and by who it is where the article says so right beside that.

"[Sen. Ada Kell]", "[Ada Kell, the harbour master of Tarn]": what it says elsewhere is not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.base import Parse
from briefing.language.document import Document
from briefing.language.people import Form, name_of, persons, place_of, surname_of
from briefing.language.phrases import TITLES
from briefing.language.reference import full_name
from briefing.text.loaded import loaded
from briefing.text.names import TITLES as NAMED
from briefing.text.quotations import quotations

_BESIDE = frozenset("compound amod nmod nummod advmod quantmod npadvmod".split())
_STANDING = frozenset("former acting deputy interim".split())
_TIED = frozenset("of for or - – — / & then ex".split())  # what stands behind these is only the end of an office, or of another's
_RANKS = (TITLES | NAMED) - frozenset("mr mrs ms mx sir dame lord lady".split()) | frozenset(
    "attorney chair speaker justice sheriff officer bishop pastor rabbi treasurer superintendent coach".split()
)
_LONGEST = 16  # words and marks of who somebody is; what is longer tells more than that


def introductions(document: Document, number: int, span: tuple[int, int]) -> Iterator[str]:
    """Yield what may stand for a person's surname in a sentence, the fullest first; nothing where the full name is not known."""
    parse = document.parse(number)
    form = full_name(document, surname_of(parse, span), number, parse, [span])
    if form.text.endswith(f" {name_of(parse, span)}"):
        plain = any(parse.tokens[n].dep == "poss" or parse.below(n, "appos", "relcl") for n in range(*span))
        if not plain and (title := _title(document, form)):
            begins = not parse.text[: place_of(parse, span)[0]].strip()
            yield f"{title[0].upper() if begins else title[0]}{title[1:]} {form.text}"
        elif not plain and (beside := _role(document, form)):
            yield form.text + beside
        yield form.text


def _title(document: Document, form: Form) -> str:
    """Return what stands before the full name where the article first has it, if all of that is an office: "former Attorney General"."""
    parse = document.parse(form.sentence)
    return next((_before(parse, parse.at(parse.text.find(form.text, parse.tokens[n].start))) for n, _ in _spans(document, form)), "")


def _spans(document: Document, form: Form) -> Iterator[tuple[int, int]]:
    """Yield where the full name stands in the sentence that first has it."""
    parse = document.parse(form.sentence)
    return (span for span in persons(parse, document.people) if name_of(parse, span) == form.text)


def _before(parse: Parse, name: int) -> str:
    """Return the words of an office right before a name, "" where there is anything else: "then-Mayor", "the Secretary of State"."""
    first = name
    while first and parse.tokens[first - 1].dep in _BESIDE and first <= parse.tokens[first - 1].head:
        first -= 1
    words = [parse.word(n) for n in range(first, name)]
    ahead = parse.word(first - 1).casefold() if first else ""
    ranks = {word.rstrip(".").casefold() for word in words} & _RANKS
    fit = all(_of_office(parse, n) for n in range(first, name))
    text = parse.text[parse.tokens[first].start : parse.tokens[name].start].rstrip() if words else ""
    text = text[0].lower() + text[1:] if words and words[0].casefold() in _STANDING else text
    return text if ranks and fit and ahead not in _TIED and not quotations(text) and not loaded(text) else ""


def _of_office(parse: Parse, n: int) -> bool:
    """Return whether a word can be part of the name of an office, or says whether somebody is in it: "Velm", "former", no "Embattled"."""
    token, word = parse.tokens[n], parse.word(n)
    known = bool(token.entity) or word.rstrip(".").casefold() in _RANKS
    judges = not known and (token.pos in {"ADJ", "VERB", "ADV"} or not n)  # at the head of a sentence capitals tell nothing
    return word.casefold() in _STANDING or (word[0].isupper() and token.entity != "PERSON" and not judges)


def _role(document: Document, form: Form) -> str:
    """Return who a person is, as the article says between commas behind the full name where it first has it; "" where it does not."""
    parse = document.parse(form.sentence)
    first, last = next(_spans(document, form), (0, 0))
    return next((text for n in range(first, last) for k in parse.below(n, "appos") if (text := _between(parse, last, k))), "")


def _between(parse: Parse, comma: int, n: int) -> str:
    """Return the text of an apposition, with the comma before it, if it begins right behind that and ends at another one, or a stop.

    It says what somebody is, not how he stands to others ("a critic of Ole Lind", "the company's lawyer", "her brother").
    """
    inside = parse.subtree(n)
    first, last = inside[0], inside[-1]
    tokens = [parse.tokens[m] for m in inside]
    of_others = any(one.tag in {"PRP", "PRP$"} or one.entity == "PERSON" or (one.dep == "poss" and one.pos == "NOUN") for one in tokens)
    if of_others or parse.tokens[n].pos != "NOUN" or any(one.tag in {"WP", "WP$", "WDT"} for one in tokens):
        return ""
    if first != comma + 1 or parse.word(comma) != "," or last - first >= min(len(inside), _LONGEST):
        return ""
    text = parse.text[parse.tokens[comma].start : parse.tokens[last].end]
    ends = parse.text[parse.tokens[last].end :].lstrip()[:1] in {"", ",", "."}
    return text if ends and not quotations(text) and not loaded(text) else ""
