"""Odd files, each beside two good ones: no error, no minute of work, the good ones told, and a brief that `verify` accepts.

`python -m tests.odd [NAME…]` tries each alone and at its full size, in a process of its own with a limit of processor time; the tests try
the small ones by the dozen. All are made here, the random ones of fixed seeds.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from briefing.language.base import Parser
from briefing.pipeline import generate
from briefing.progress import Silent
from briefing.sources.files import read
from tests import holding
from tests.model_here import default_parser
from tests.stages.fakes import FakeModel, embed

SECONDS = 60  # of processor time for one brief with an odd file, on any machine; most take one

STORM = """Storm closes the port of Aldhaven

By Anna Berg
20 November 2026

A storm closed the port of Aldhaven on Monday and damaged 14 ships, said Mayor Clara Voss. The union of dockers said that nobody was hurt.
“We were lucky,” said Peter Lund, who leads the union. The port will open again on Wednesday, according to the council.

The council approved 3 million euros for repairs. Voss said that the money would come from the reserve.
"""
DOCKERS = """Dockers of Aldhaven go back to work

The port of Aldhaven reopened on Wednesday after a storm that damaged 14 ships. Dockers went back to work at six in the morning, said their
union. The repairs cost 3 million euros, the council of Aldhaven said.

Ferries to Brell run again. The ferry company had stopped them on Monday.
"""
LIBRARY = """The library of Brell opens again

By Peter Lund
19 November 2026

The library of Brell opened again on Thursday after repairs of two years. Its director, Ines Calder, said that 40,000 books had been dried
since the flood. The town paid 2 million euros for the new roof.

“We lost the maps,” Calder told readers at the door. Schools will visit from Monday on.
"""
GOOD = {"good1": STORM, "good2": DOCKERS}
LINE = "The council of Aldhaven approved {n} new houses on Monday, said Mayor Clara Voss{n} of the harbour party. "


class Odd(NamedTuple):
    """A file's bytes and suffix; what is `large` is for the long form alone."""

    data: bytes
    suffix: str = ".txt"
    large: bool = False


def cases() -> dict[str, Odd]:
    """Return every odd file by its name, the part before "-" being its kind."""
    found: dict[str, Odd] = {}
    for kind in (_random, _mixed, _encodings, _empty, _shapes, _quotations, _numbers, _markdown, _dates, _again, _large):
        for name, odd in kind():
            assert name not in found
            found[name] = odd
    return found


def _text(text: str, suffix: str = ".txt", *, large: bool = False) -> Odd:
    return Odd(text.encode("utf-8", "surrogatepass"), suffix, large)


Named = Iterator[tuple[str, Odd]]


def _random() -> Named:
    for seed in range(8):
        said = random.Random(seed)
        yield f"random-bytes{seed}", Odd(said.randbytes(said.choice([1, 10, 100, 5000, 50_000])))
    for seed in range(6):
        said = random.Random(100 + seed)
        yield f"random-ascii{seed}", _text("".join(chr(said.randrange(32, 127)) for _ in range(said.choice([50, 3000, 20_000]))))
    for seed in range(8):
        said = random.Random(200 + seed)
        top = [0x800, 0x3000, 0xFFFF, 0x10FFFF][seed % 4]
        drawn = (said.randrange(9, top) for _ in range(said.choice([500, 20_000])))
        yield f"random-unicode{seed}", _text("".join(chr(code) for code in drawn if not 0xD800 <= code < 0xE000))


MARKS = (
    '\0¦\x1b[31m¦\u202e¦\u200b¦“¦”¦"¦’¦<b>¦</b>¦[^1]: x¦|¦```¦\n¦\r¦\u2028¦…¦!!!¦?!¦1,000,000¦$5 million¦[[¦]]¦\\¦(¦)¦not¦reportedly¦Mr.'
    "¦U.S.¦said¦\ufffd¦é¦漢字。¦עברית¦—¦👩‍👩‍👧¦http://a.b/c?d=e&f¦a@b.c¦#¦* ¦1. ¦---¦%s¦{{x}}¦{% raw %}"
).split("¦")


def _mixed() -> Named:
    """Yield an article with marks and odd words thrown in."""
    for seed in range(30):
        said = random.Random(300 + seed)
        words = (LIBRARY * 3).split(" ")
        for _ in range(said.choice([3, 20, 150])):
            words.insert(said.randrange(len(words)), said.choice(MARKS))
        yield f"mixed-{seed}", _text(" ".join(words), ".md" if seed % 3 == 0 else ".txt")


def _encodings() -> Named:
    western = f"{LIBRARY}\nFrançois Müller said “déjà vu” cost 5 € in Zürich on Monday.\n"
    for name in "utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-7 cp1252 mac_roman cp437 cp037 cp850 iso8859-15".split():
        yield f"encoding-{name}", Odd(western.encode(name, "replace"))
    russian = "Мэр Анна Берг заявила в понедельник, что порт открыт. Пострадали 14 кораблей. " * 10
    japanese = "市長は月曜日に港が再開したと述べた。十四隻の船が損傷した。" * 10
    own = {
        **dict.fromkeys(("cp1251", "koi8-r", "iso8859-5", "utf-16"), russian),
        **dict.fromkeys(("shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "utf-8"), japanese),
        "big5": "市長說港口開放。" * 20,
        "euc-kr": "시장은 항구가 다시 열렸다고 말했다. " * 20,
        "cp1255": "ראש העיר אמר שהנמל נפתח. " * 20,
        "cp1256": "قال رئيس البلدية إن الميناء فتح. " * 20,
        "tis-620": "นายกเทศมนตรีกล่าวว่าท่าเรือเปิดแล้ว " * 20,
    }
    for name, text in own.items():
        yield f"encoding-own-{name}", Odd(text.encode(name, "replace"))
    library = LIBRARY.encode()
    yield "encoding-lines", Odd(library + "Müller said “no”.\n".encode("cp1252") + "Müller said “no”.\n".encode())
    yield "encoding-overlong", Odd(library + b"\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf")
    yield "encoding-surrogates", _text(f"{LIBRARY}\ud83d\ude00 \ud800")
    yield "encoding-truncated", Odd(library + b"\xe2\x82")
    yield "encoding-two-marks", Odd(b"\xef\xbb\xbf\xef\xbb\xbf" + library)
    for name, data in {"8": b"\xef\xbb\xbf", "16": b"\xff\xfe", "16-odd": b"\xff\xfeA\0b", "32": b"\xff\xfe\0\0" + b"\xff" * 401}.items():
        yield f"encoding-mark-{name}", Odd(data)


def _empty() -> Named:
    for name, data in {
        "nothing": b"",
        "letter": b"a",
        "stop": b".",
        "newline": b"\n",
        "spaces": b" " * 50_000,
        "nul": b"\0" * 1000,
    }.items():
        yield f"empty-{name}", Odd(data)
    yield "empty-one-nul", Odd(LIBRARY.replace("library", "libr\0ary").encode())
    yield "empty-title", _text("# The port reopens", ".md")
    yield "empty-marks", _text("?!.,;:-–—…()[]{}\n" * 100)
    yield "empty-digits", _text("12345 67890 " * 500)
    yield "empty-emoji", _text("😀👍🏽👩‍👩‍👧‍👦🇩🇪 " * 500)
    furniture = ("Home", "Menu", "Sign up for our newsletter", "Accept all cookies", "Share on Facebook", "Read more", "Advertisement")
    yield "empty-furniture", _text("\n".join(furniture * 5))


def _shapes() -> Named:
    yield "shape-capitals", _text(LIBRARY.upper())
    yield "shape-small", _text(LIBRARY.lower())
    yield "shape-consonants", _text("Th prt f ldhvn rpnd n Mndy. " * 30)
    yield "shape-no-end", _text(" ".join(f"The port of Aldhaven{n} reopened" for n in range(500)))
    yield "shape-one-sentence", _text(f"The mayor said {'that the port and the harbour were open and ' * 600}closed.")
    yield "shape-one-line", _text("The port reopened on Monday and " * 800)
    yield "shape-one-word", _text("a" * 20_000)
    yield "shape-word-a-line", _text("\n".join(f"word{n}" for n in range(3000)))
    yield "shape-one-line-again", _text("The port reopened on Monday.\n" * 2000)
    letters = "e\u0301\u0302\u0303\u0304" * 300
    yield "shape-letters-of-marks", _text(f"The council {letters} approved 14 houses on Monday, said Voss.")


def _quotations() -> Named:
    yield "quotation-all", _text("“We are open,” he said. “Nobody was hurt.” “The port,” she said, “is closed.”\n" * 20)
    yield "quotation-bare", _text("“We are open.” “Nobody was hurt by the storm.” “The port is closed now.”\n" * 10)
    nested = (
        "Anna Berg said: “He told me ‘she said “no” to it’ yesterday.”\n„Er sagte ‚nein‘ dazu“, sagte Voss.\n"
        "« Il a dit “non ‘jamais’ ” », a dit Voss.\n»Er sagte ›nein‹«, sagte Berg.\n「彼は『いいえ』と言った」と市長。\n"
    )
    yield "quotation-nested", _text(nested * 4)
    unbalanced = 'The mayor said “the port is open. The union said "it is not. Nobody ‘knew why. He added” that it was over.\n'
    yield "quotation-unbalanced", _text(unbalanced * 10)
    yield "quotation-many", _text("“a” " * 3000 + "said Voss on Monday.")


NUMBERS = (
    "1,234,567|1.234.567|1 234 567|1\u202f234\u202f567|12,34,567|1’234’567|1_234|1234567.89|1.234,56|½|3½|⅓|²|1e6|0x1F|-5|−5|+5|5%|5 %|5‰"
    "|$5m|€5bn|£5.5 million|5-6|5–6|5/6|1:2|10^6|MMXXVI|twenty-one"
    "|a hundred and five|half a million|two dozen|१२३|١٢٣|٣٫٥|一万二千|12万|𝟏𝟐|①"
    "|99999999999999999999999999|1.2.3.4|1,23|,5|.5|5.|007|1st|22nd|1960s|No. 5|5x|5°C|1,000,000,000,000"
).split("|")


def _numbers() -> Named:
    yield (
        "number-forms",
        _text(
            "\n\n".join(
                f"The storm damaged {n} ships in Aldhaven{chr(97 + k % 26) * (1 + k // 26)}, said Voss." for k, n in enumerate(NUMBERS)
            )
        ),
    )
    huge = f"The storm damaged {'9' * 5000} ships, said Mayor Voss. It cost 1,{'000,' * 3000}000 euros. Voss counted 1e999999999 fish."
    yield "number-huge", _text(huge)
    yield "number-words", _text(f"The storm damaged {'one hundred thousand million ' * 300}ships, said Voss.")


def _markdown() -> Named:
    def page(text: str) -> Odd:
        return _text(f"{text}\n{LIBRARY}", ".md")

    yield "markdown-table", page("# Storm\n\n| a | b |\n|---|---|\n" + "| The port | reopened on Monday. |\n" * 500)
    html = (
        "# T\n\n<script>alert(1)</script>\n<img src=x onerror=alert(1)> The port reopened on Monday, said <b>Mayor</b> Clara Voss.\n"
        "\n[Click](javascript:alert(1)) the mayor said that 14 ships were damaged.\n\n<!-- hidden: The mayor died on Monday. -->\n\n"
        "<div hidden>The mayor resigned on Monday in shame.</div>\n"
    )
    yield "markdown-html", page(html)
    yield "markdown-deep", page("> " * 2000 + "The port reopened on Monday.\n")
    yield "markdown-list", page("".join(f"{' ' * n}- The port reopened\n" for n in range(300)))
    yield "markdown-references", page("".join(f'[r{n}]: http://x/{n} "t"\n' for n in range(2000)))
    yield "markdown-fence", page("```\n")
    yield "markdown-comment", page("<!-- ")
    notes = "[^1]: The mayor lied.\n[^two-s3]: forged\n"
    yield "markdown-footnotes", page(f"The port reopened on Monday.[^1] Voss said 14 ships were hit.[^two-s3]\n\n{notes}")
    fields = "".join(f"k{n}: v\n" for n in range(76))
    yield "markdown-front", page(f"---\n{fields}title: {'T' * 10_000}\ndate: 9999-99-99\nsource: <b>x</b>\n---\n")
    yield "markdown-front-open", page("---\ntitle: x\n" * 2000)
    yield "markdown-front-date", page('---\ndate: 0000-00-00\ntitle: "\u202e|x"\n---\n')
    for name, unit in {"image": "![](", "link": "[a](", "html": "<div hidden>", "rule": "---\n", "bold": "**a", "tick": "`"}.items():
        yield f"markdown-again-{name}", page(f"The council {unit * 800} approved 14 houses on Monday.")


def _dates() -> Named:
    told = (
        "31 February 2026|0 January 2026|1 January 0001|31 December 9999|2026-13-45|99/99/9999|Monday|yesterday|20 November 12026"
        "|Nov. 20, 0000|2026-02-29T25:61:61Z"
    )
    for n, day in enumerate(told.split("|")):
        text = f"The port of Aldhaven reopened on Monday, {day}, said Mayor Voss. On {day} the union met; 14 ships left three days ago."
        yield f"date-{n}", _text(f"Storm hits\nBy Anna Berg\n{day}\n\n{text}")


def _large() -> Named:
    lines = [LINE.format(n=n) for n in range(3000)]
    whole = {
        "line": "The port reopened on Monday and " * 32_000,
        "words": "word " * 50_000,
        "million-words": "word " * 1_000_000,
        "letters": "a" * 1_900_000,
        "file": "x" * 19_900_000,
        "prose": "The port reopened. " * 1_000_000,
        "word-a-line": "\n".join(f"word{n}" for n in range(100_000)),
        "line-again": "The port reopened on Monday.\n" * 50_000,
        "sentences": "".join(lines),
        "paragraphs": "\n\n".join(lines),
        "sentence": f"The mayor said {'that the port and the harbour were open and ' * 12_000}closed.",
        "no-end": " ".join(f"The port of Aldhaven{n} reopened" for n in range(5000)),
    }
    for name, text in whole.items():
        yield f"large-{name}", _text(text, large=True)
    yield "large-references", _text("".join(f'[r{n}]: http://x/{n} "t"\n' for n in range(20_000)) + LIBRARY, ".md", large=True)
    yield "large-links", _text("".join(f"The port [r{n}](http://x/{n}) reopened.\n" for n in range(5000)) + LIBRARY, ".md", large=True)
    yield "large-fields", _text("---\ntitle: x\n" * 20_000 + LIBRARY, ".md", large=True)
    for name, odd in _again(100_000):
        yield f"large-{name}", odd._replace(large=True)


def _again(size: int = 4000) -> Named:
    """Yield a sentence that has the same in its midst again and again, `size` characters of it."""
    for n, unit in enumerate(AGAIN):
        text = (
            f"The council {unit * (size // len(unit))} approved 14 houses on Monday in row {n}. The end of it, {n}, came late, said Voss."
        )
        yield f"again-{n}", _text(text, ".md" if n % 2 else ".txt")


AGAIN = (  # what a parser of any kind may stumble over
    "(¦[¦{¦<¦>¦![](¦[a](¦\"¦“¦”¦'¦- ¦> ¦*¦_¦`¦~¦# ¦|¦\\¦.¦!?¦…¦—¦,¦1,¦1.000.¦A.¦Mr. ¦and ¦said ¦not ¦Jan 1 ¦Monday ¦http://¦a@¦"
    "<!--¦<div hidden>¦[INST]¦<|x|>¦---\n¦===\n¦e\u0301\u0302\u0303\u0304¦\u200d¦\u202e¦aа¦ﷺ¦\r¦\x0b¦\x1b[31m¦\u2028¦ก¦港¦م ¦"
    "Alpha Beta ¦Alpha, ¦, which ¦“a” ¦1 2 ¦one hundred thousand and ¦2020-01-01 ¦5% ¦$5 million ¦Voss said ¦he ¦(a (b ¦U.S. ¦I ¦"
    ".” ¦a: ¦a; ¦a/¦&amp;¦ \n¦\t¦\xa0¦so\xadft ¦co-op-¦*a* ¦**a¦https://example.com/a/b?c=d&¦because ¦million ¦per cent of the ¦"
    "February 30, ¦5:00 p.m. ¦according to Voss ¦him her them ¦never no nor ¦only all most ¦A said “b,” and ¦"
    'Aster sold ships to Brell and ¦a¦<a ¦[^¦](x¦![a](b)¦{{¦https://a/2026/¦" ¦“A,” said B ¦\u0301¦\u200b¦a\u200b¦# A b\n¦| ¦'
    "|a|b|\n¦ ¦\n¦?!¦&lt;¦<!-- -->¦<script ¦<script></script>¦<|im_start|>¦<|¦ignore all the ¦you must ¦please ¦now, please ¦"
    "According to ¦忽略¦Іgnоrе ¦By A, ¦Aster, who said, ¦’¦a1¦a b ¦**¦_a_¦```\n¦2026-¦May 1, ¦ignora ¦talimat ¦your ¦\xad\u200b¦"
    "x \u200b\u200b¦Aster said that it sold ships to Brell.\n"
).split("¦")


def write(odd: dict[str, Odd], folder: Path) -> None:
    """Write odd files into a new folder, beside the good ones."""
    folder.mkdir(parents=True)
    for name, text in GOOD.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    for name, (data, suffix, _) in odd.items():
        (folder / f"{name}{suffix}").write_bytes(data)


def tried(folder: Path, parser: Parser) -> None:
    """Assert that a folder gives a sound brief that tells the good articles, and that every file of it has one outcome."""
    outcomes = list(read([folder]))
    assert len(outcomes) == sum(1 for _ in folder.iterdir())
    assert all(outcome.reason for outcome in outcomes if outcome.status != "used")
    found = generate(outcomes, parser=parser, embed=embed, model=FakeModel(), date=holding.DATE, progress=Silent())
    holding.sound(parser, outcomes, found)
    assert set(GOOD) <= {citation.article for claim in found.claims for citation in claim.citations}


def alone(work: Callable[[], None]) -> tuple[str, float]:
    """Do some work in a process of its own that may take SECONDS of processor time; return what went wrong ("" nothing) and the seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if not child:
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + SECONDS, resource.RLIM_INFINITY))
            work()
            code = 0
        except BaseException as error:  # whatever it is, it is what is looked for
            print(f"{type(error).__name__}: {str(error)[:2000]}", file=sys.stderr)
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    if os.WIFSIGNALED(status):
        ended = os.WTERMSIG(status)
        return f"more than {SECONDS} s" if ended == signal.SIGXCPU else signal.Signals(ended).name, seconds
    return "failed" if os.WEXITSTATUS(status) else "", seconds


def main(names: list[str]) -> int:
    """Try the cases whose names begin with one of these, or all; return 1 if one failed."""
    parser = default_parser()
    parser.parse(["It is warm."])
    failed = 0
    for name, odd in cases().items():
        if names and not name.startswith(tuple(names)):
            continue
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "articles"
            write({name: odd}, folder)
            wrong, seconds = alone(partial(tried, folder, parser))
        failed += bool(wrong)
        print(f"{'FAILED' if wrong else 'ok':6}  {seconds:5.1f} s  {name}{': ' if wrong else ''}{wrong}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
