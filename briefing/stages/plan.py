"""What a claim about one sentence may say: whom its pronouns mean, who is speaking, which words must stay.

All of it is read from the article by rule, so that the model is left with what it does well: choosing what to keep.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from briefing.text.attribution import attributions
from briefing.text.clauses import Part, parts, timeless, without_filler
from briefing.text.loaded import loaded
from briefing.text.names import OPENERS
from briefing.text.quotations import without_quotations
from briefing.text.reference import Reader
from briefing.text.signals import judging
from briefing.text.words import fold, words
from briefing.types import Kind

_FIRST_PERSON = {"i", "we", "my", "our", "us", "me", "i've", "we're", "i'm", "we've", "ours"}
_PRONOUNS = {"he", "she", "they", "it", "we", "i", "who"}
_INNER = re.compile(r"‘([^‘’]*(?:’(?=\w)[^‘’]*)*)’(?!\w)")
_MARKS = "“”\"‘’'"
_POINTS_BACK = re.compile(r"\b(?:this|these|those|such an?) [a-z]{4,}", re.IGNORECASE)


class Plan(NamedTuple):
    """The sentence as it is given to the model, its parts, and what the program already knows of the claim.

    `sentences` are the numbers the claim rests on, the drafted one first. `direct` sentences are quoted, never
    rewritten: somebody's own words in the first person, the writer's own judgement, or another language than English.
    """

    sentence: int
    sentences: tuple[int, ...]
    text: str
    parts: tuple[Part, ...]
    speaker: str
    kind: Kind
    direct: bool

    @property
    def kept(self) -> str:
        """Return the text of its parts: the sentence without commentary."""
        return " ".join(piece.text for part in self.parts for piece in part.pieces)


def plan(reader: Reader, number: int) -> Plan | str:
    """Return the plan for a claim about sentence `number`, or the reason why there can be none."""
    text = " ".join(reader.text(number).split())
    if not reader.english:
        return Plan(number, (number,), text, (), "", "fact", direct=True)
    rests_on = [number]
    prefix = speaker = ""
    direct = False
    voice = reader.voice(number)
    if voice is not None:
        if not voice.name:
            return "part of a quotation whose speaker is not clear"
        speaker = voice.name
        bare = text.strip('“”"')
        if voice.sentence != number:
            rests_on.append(voice.sentence)
            prefix = f"{voice.name} said that "
            direct = first_person(bare) or not _reports(bare)
            text = bare
        else:
            text = re.sub(r"[”\"](?=\s)", "", text, count=1) if text[0] not in '“"' else text
        text = _INNER.sub(r"“\1”", text)
    if pointer := reader.open_reference(number):
        found = reader.reference(number)
        if found is None and pointer.split()[0] != "The":
            return f"whom or what “{pointer}” means is not clear"
        if found is not None and found.end <= len(text):
            article = "the " if text[found.start : found.end].lower().startswith("the ") else ""
            if found.start == 0:
                article = article.capitalize()
            text = text[: found.start] + article + found.name + text[found.end :]
            if found.sentence not in rests_on:
                rests_on.append(found.sentence)
            speaker = speaker or (found.name if reader.attributions(number) else "")
    spoken = next((a for a in reader.attributions(number) if not speaker), None)
    if spoken is not None and fold(spoken.speaker) in _PRONOUNS and not pointer:
        who = reader.speaker(number, spoken)
        if who is None:
            return f"who “{spoken.speaker}” is, that says it, is not clear"
        speaker = who.name
        if who.sentence != number:
            text = text[: who.start] + who.name + text[who.end :]
            rests_on.append(who.sentence)
    if number > 1 and number - 1 not in rests_on and _POINTS_BACK.search(text):
        rests_on.append(number - 1)  # "this stance": the reader is shown which
    text = re.sub(r", however,? (?=[a-z])", ", but ", text)  # a comma splice, read as it is meant
    text = timeless(without_filler(text))
    if prefix:
        text = prefix + _in_mid_sentence(text, reader.lower)
    if not speaker:
        said = [a.speaker for a in attributions(text, reader.lower) if a.speaker in reader.article.text and not loaded(a.speaker)]
        speaker = said[0] if said else ""
    kind: Kind = "statement" if speaker or attributions(text, reader.lower) else "fact"
    made = Plan(number, tuple(rests_on), text, tuple(parts(text)), speaker, kind, direct)
    if not (speaker and not _asks(text)) and _judges(made.kept, reader.text(number)):
        return Plan(number, (number,), " ".join(reader.text(number).split()), (), reader.article.source, "opinion", direct=True)
    if left := loaded(text) if not direct else []:
        return f"cannot be told without the loaded wording “{text[left[0].start : left[0].end].strip(_MARKS)}”"
    return made


def _judges(kept: str, text: str) -> bool:
    """Return whether a sentence of no speaker says what the writer thinks: what is `kept` of it weighs, asks or speaks as "I"."""
    bare = without_quotations(text)
    return judging(kept) or first_person(bare) or _asks(bare)


def _asks(text: str) -> bool:
    return text.rstrip().endswith("?")


def first_person(text: str) -> bool:
    """Return whether `text` speaks as "I" or "we"; "US" and "Our Lady" do not."""
    found = words(text)
    named = [w.text == "Our" and following.text[0].isupper() for w, following in pairwise([*found, *found[-1:]])]
    return any(
        fold(w.text) in _FIRST_PERSON for w, name in zip(found, named, strict=True) if not name and (w.text == "I" or not w.text.isupper())
    )


def _in_mid_sentence(text: str, lower: frozenset[str]) -> str:
    """Return a sentence as it continues another: its first word without the capital, unless it is a name's."""
    found = words(text)
    if not found or found[0].start or found[0].text == "I":
        return text
    opens = fold(found[0].text) in OPENERS or fold(found[0].text) in lower
    return text[:1].lower() + text[1:] if opens else text


def _reports(text: str) -> bool:
    """Return whether quoted words tell of something in the third person and in full, so that they can be passed on as "X said that"."""
    found = words(text)
    return len(found) >= 8 and any(w.text[0].isupper() for w in found[1:])
