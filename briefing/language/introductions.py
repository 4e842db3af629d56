"""How a person who is named by a surname is introduced: by the full name, and by who it is where the article says so right beside that.

"[Sen. Ada Kell]", "[Ada Kell, the harbour master of Tarn]", "[the mayor of Tarn, Ada Kell]": as the first place of the article has it
that says so beside the full name. What it says elsewhere is not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.language.base import Parse
from briefing.language.document import YEAR, Document
from briefing.language.offices import Place, ahead, before, behind, office, over
from briefing.language.people import WOMEN, Form, courtesy, name_of, place_of, surname_of
from briefing.language.phrases import SUBJECTS
from briefing.language.reference import full_name


def introductions(document: Document, number: int, span: tuple[int, int]) -> Iterator[str]:
    """Yield what may stand for a person's surname in a sentence, the fullest first; nothing where the full name is not known."""
    parse = document.parse(number)
    name = name_of(parse, span)
    form = full_name(document, surname_of(parse, span), number, parse, [span])
    if not form.text.endswith(f" {name}") and not form.text.startswith(f"{name} "):
        return
    if _another(document, form, parse, span):
        return
    key = (form.text, _goes_on(parse, span))
    if key not in document.introduced:
        document.introduced[key] = _who(document, form, goes_on=key[1])
    who = document.introduced[key]
    if who and not _called(parse, span) & {*who.casefold().split()}:
        yield who if parse.text[: place_of(parse, span)[0]].strip() else f"{who[0].upper()}{who[1:]}"
    yield form.text


def _another(document: Document, form: Form, parse: Parse, span: tuple[int, int]) -> bool:
    """Return whether "Mr." stands before the surname of a woman, or "Mrs." before a man's: it may be somebody else of that name.

    So may either where the article has both, and does not call who has the full name "he" or "she".
    """
    first, surname = span[0], surname_of(parse, span)
    title = courtesy(parse.word(first - 1)) if first else ""
    if not title:
        return False
    if first > 2 and parse.word(first - 2).casefold() in {"and", "&"} and courtesy(parse.word(first - 3)):  # "Mr. and Mrs. Kell"
        return True
    he, she = document.genders.get(form.text) or document.genders.get(surname, (0, 0))
    own, other = (she, he) if title in WOMEN else (he, she)
    called = re.findall(rf"\b(Mr|Mrs|Ms|Miss)\b\.?\s+{re.escape(surname)}\b", document.article.text)
    return other > own or (own <= other and len({word.casefold() in WOMEN for word in called}) > 1)


def _goes_on(parse: Parse, span: tuple[int, int]) -> bool:
    """Return whether a sentence goes on with more about a name: "Kell’s", "Kell, who", "Kell, a sailor"."""
    return any(parse.tokens[n].dep == "poss" or parse.below(n, "relcl", "appos") for n in range(*span))


def _called(parse: Parse, span: tuple[int, int]) -> set[str]:
    """Return what a sentence itself says that a person is: "Kell is mayor", "Kell, the mayor"."""
    heads = [parse.tokens[n].head for n in range(*span) if parse.tokens[n].dep in SUBJECTS]
    nouns = [m for head in heads for m in parse.below(head, "attr")] + [m for n in range(*span) for m in parse.below(n, "appos")]
    return {parse.tokens[m].lemma.casefold() for m in nouns}


def _who(document: Document, form: Form, *, goes_on: bool) -> str:
    """Return a full name with who that is: an office before it, else what stands between commas; "" where the article does not say.

    Nothing is set off by commas where the sentence `goes_on` behind the name.
    """
    places = list(_places(document, form))
    past = {office(place) for place in places if over(place)}
    offices = (f"{text} {form.text}" for place in places if (text := before(place)) and (over(place) or office(place) not in past))
    beside = () if goes_on else (f"{form.text}{text}" for place in places if (text := behind(place)))
    first = () if goes_on else (f"{text} {form.text}" for place in places if (text := ahead(place)))
    return next((text for ways in (offices, beside, first) for text in ways), "")


def _places(document: Document, form: Form) -> Iterator[Place]:
    """Yield where the article itself has a full name: the first place, and those of which it is sure that they tell how it is now.

    It is not of a quotation, nor of a sentence with the year of another time, nor of any where an office is once said to be over: beside
    "then-Mayor Ada Kell" the mayor of another sentence may be a story of old.
    """
    found = [(number, _place(document.parse(number), form, span)) for number, span in document.places.get(form.text, ())]
    past = any(over(place) for _, place in found)
    for n, (number, place) in enumerate(found):
        start, tokens = document.sentence(number).start, place.parse.tokens
        quoted = document.quotation_at(start + tokens[place.first].start, start + tokens[place.last - 1].end) is not None
        if not n or not ((past and not over(place)) or quoted or {*YEAR.findall(place.parse.text)} - {document.article.published[:4]}):
            yield place


def _place(parse: Parse, form: Form, span: tuple[int, int]) -> Place:
    """Return where a full name stands, without the marks around it."""
    return Place(parse, parse.at(parse.text.find(form.text, parse.tokens[span[0]].start)), span[1])
