"""How a person who is named by a surname is introduced: by the full name, and by who it is where the article says so right behind that.

"[Ada Kell, the harbour master of Tarn]": what it says elsewhere, or before the name, is not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.base import Parse
from briefing.language.document import Document
from briefing.language.people import Form, name_of, persons, surname_of
from briefing.language.reference import full_name
from briefing.text.loaded import loaded
from briefing.text.quotations import quotations

_LONGEST = 16  # words and marks of who somebody is; what is longer tells more than that


def introductions(document: Document, number: int, span: tuple[int, int]) -> Iterator[str]:
    """Yield what may stand for a person's surname in a sentence, the fullest first; nothing where the full name is not known."""
    parse = document.parse(number)
    form = full_name(document, surname_of(parse, span), number, parse, [span])
    if form.text.endswith(f" {name_of(parse, span)}"):
        plain = any(parse.tokens[n].dep == "poss" or parse.below(n, "appos", "relcl") for n in range(*span))
        if not plain and (beside := _role(document, form)):
            yield form.text + beside
        yield form.text


def _role(document: Document, form: Form) -> str:
    """Return who a person is, as the article says between commas behind the full name where it first has it; "" where it does not."""
    parse = document.parse(form.sentence)
    for span in persons(parse, document.people):
        if name_of(parse, span) == form.text:
            return next((text for n in range(*span) for k in parse.below(n, "appos") if (text := _between(parse, span[1], k))), "")
    return ""


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
