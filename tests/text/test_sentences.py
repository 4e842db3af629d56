import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.sentences import LONGEST, WHITE, split
from tests.cpu import within


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in split(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The U.S. President said no.", "He left."],
        ["He was born in the U.S.", "The war began."],
        ["Dr. Smith of the U.N. met Gov. Jones at 5 p.m. on Friday.", "It cost $3.5 million."],
        ["Sen. Rand Paul met Lt. Col. Ann Lee and Rep. Omar.", "They agreed."],
        ["SEN. ADA KELL: The dam holds.", "It was built in 1994."],
        ["Offices close on Martin Luther King Jr. Day in Velm.", "Banks do not."],
        ["On Nov. 21 the talks began.", "No. 10 said so."],
        ["J. D. Vance and George W. Bush met Susan A. Jones.", "They spoke."],
        ["“Something is going to happen.", "But not yet.", "We are going to get it done.”", "He left."],
        ["One source claimed, “He said, essentially, ‘I’m out.’”", "The paper noted it."],
        ["“Really?” Trump asked.", "Nobody replied."],
        ["He paused...", "Then he left."],
        ["(Al Jazeera) Russia said no.", "Kyiv said yes."],
        ["KYIV (AP) — Russia said no.", "Kyiv said yes."],
        ["OSKVILLE, Kan. — Orlin said no.", "Osk said yes."],
        ["ST. BRELL, Minn. (AP) -- Orlin said no.", "Osk said yes."],
        ["New Brell, Minn. — Orlin said no.", "Osk said yes."],
        ["The mayor lives in Brell, Minn.", "— Orlin said no."],
        ["Lind left Brell, Minn.", "(The film) is shown there."],
        ["See https://example.com/A.Html or mail Ann.Lee@Example.Com for more.", "Then leave."],
        ["That is all.", "😀 Yes!", "Really?", "No."],
        ["“Will the bridge reopen before winter?” Marta Quill asked the council.", "She grew up in the U.S.A.", "Her family left."],
        ["It went to Brightwater Inc. (“Brightwater”) and to Dunholm Ltd. (“Dunholm”).", "Bids are closed."],
        ["Details are at https://www.velm-bridge.example/plan.", "Bidders may also write to the clerk."],
        ["The rules are in vol. 4 of the code.", "It is the No. 2 bridge of the county."],
        ["The vote ended at 11 p.m.", "Mayor J. R. R. Tolle signed the order."],
        ["The bell rang at 5.30am.", "Eleven swans flew up."],
        ["It opened at 9 a.m. Eastern Time, shut at 5 p.m. Friday and at 6 p.m. Oct. 3.", "At 7 p.m. ET it rained."],
        ["Die Brücke ist seit dem 29. Juli 2026 gesperrt.", "„Wann wird sie geöffnet?“, fragte Åsa Ekman am Montag."],
        ["مرحبا بك.", "كيف حالك؟", "هذا نص."],
        ["Это предложение.", "Это второе!"],
        ["שלום לך.", "מה שלומך?"],
    ],
)
def test_sentences_of_one_line(expected: list[str]) -> None:
    assert parts(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to Ukraine.Poletaev said so.", ["to Ukraine.", "Poletaev said so."]),
        ("今日は雨です。明日は晴れます。", ["今日は雨です。", "明日は晴れます。"]),
        ("यह एक वाक्य है।यह दूसरा है।", ["यह एक वाक्य है।", "यह दूसरा है।"]),
        ("کیا؟ہاں۔", ["کیا؟", "ہاں۔"]),
        ("News Dispatch\nSEE OTHER BRANDS", ["News Dispatch", "SEE OTHER BRANDS"]),
        ("On the developments:\n“Without them,” he said.", ["On the developments:", "“Without them,” he said."]),
        ("“It works,” he said.\r\nRussian news", ["“It works,” he said.", "Russian news"]),
        ("1. First item\n2. Second item", ["1. First item", "2. Second item"]),
        ("\ufeff\u200bA.\u200b\n\u200b\n", ["A."]),
        ("By signing to this alert, you\nagree to our terms", ["By signing to this alert, you\nagree to our terms"]),
        ("", []),
        (" \r\n\t\u2028", []),
    ],
)
def test_lines_and_terminators(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_hard_wrapped_text_is_joined_and_headers_are_not() -> None:
    wrapped = (
        "This is a paragraph that was wrapped at some seventy columns by an old\n"
        "mail program. The lines do not end where the sentences do, so that the\n"
        "U.S. President is found whole, as is everything else that stands in it.\n"
    )
    assert [sentence.count("\n") for sentence in parts(wrapped)] == [1, 1]
    headers = "A long headline about something that happened in the world yesterday\nBy John Smith\nProse is here now.\n"
    assert len(parts(headers)) == 3


def test_paragraphs_are_numbered() -> None:
    assert [span.paragraph for span in split("One. Two.\n\nThree.\nFour. Five.")] == [1, 1, 2, 3, 3]


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *"aAbB zZ.!?…;:,\n\r\t()[]{}\"'“”’‘-–—#*>`<&|19。？؟۔।😀éЖשا中\u200b\ufeff\x00\x1b\u2028\ud800",
            *("U.S. ", "Gov. ", "http://a.B/C ", "\n\n", "said ", "... ", ". . .", "The war began. ", "Smith (Jones) "),
        ]
    ),
    max_size=80,
).map("".join)


@given(st.one_of(FRAGMENTS, st.text(max_size=200)))
def test_spans_are_ordered_trimmed_and_cover_all_that_shows(text: str) -> None:
    last, paragraph = 0, 0
    for span in split(text):
        assert last <= span.start < span.end
        assert text[span.start : span.end].strip(WHITE) == text[span.start : span.end]
        assert not text[last : span.start].strip(WHITE)
        assert max(1, paragraph) <= span.paragraph <= paragraph + 1
        assert span.end - span.start <= LONGEST
        last, paragraph = span.end, span.paragraph
    assert not text[last:].strip(WHITE)


@given(st.lists(st.sampled_from(["He left.", "The U.S. President said no.", "“Why?” he asked."]), min_size=1, max_size=12))
@pytest.mark.slow
def test_pieces_fed_to_the_library_make_no_difference(sentences: list[str]) -> None:
    many = sentences * (20_000 // sum(map(len, sentences)))
    assert parts(" ".join(many)) == many


@pytest.mark.parametrize("unit", ["a", "a ", ".", "(", "“", "a.", "a@", "(a", "A.B", "a,\n", "a\n", "- a\n", "U.S. ", "中。"])
def test_time_is_linear_on_odd_text(unit: str) -> None:
    with within(4):
        split(unit * (50_000 // len(unit)))
