"""Cutting reports into parts: datelines, headlines, links, captions, wrapped lines, quotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.segments import lay_out, paragraphs, quoted
from dragoman.language.sentences import split

BODY = "Rebels seized a bridge near the border."


@pytest.mark.parametrize(
    ("line", "place", "date"),
    [
        ("Moscow (IP): ", "Moscow", None),
        ("GENEVA, 3 March (Reuters) - ", "GENEVA", "3 March"),
        ("NAIROBI (Reuters) - ", "NAIROBI", None),
        ("NAIROBI, Kenya (AP) — ", "NAIROBI, Kenya", None),
        ("LONDON, Ky. (WXYZ) - ", "LONDON, Ky.", None),
        ("NEWARK, N.J. (AP) -- ", "NEWARK, N.J.", None),
        ("BAGHDAD, March 3 (Xinhua) -- ", "BAGHDAD", "March 3"),
        ("KHARTOUM, Sudan, Nov. 12 (UPI) -- ", "KHARTOUM, Sudan", "Nov. 12"),
        ("MOSCOW. Tuesday, 4 June 2019 (Interfax) - ", "MOSCOW", "Tuesday, 4 June 2019"),
        ("BEIRUT — ", "BEIRUT", None),
        ("VICTORIA - ", "VICTORIA", None),
        ("ISLAMABAD: ", "ISLAMABAD", None),
        ("NEW DELHI, 7 May: ", "NEW DELHI", "7 May"),
        ("UNITED NATIONS – ", "UNITED NATIONS", None),
        ("TEL AVIV/RAMALLAH (Reuters) - ", "TEL AVIV/RAMALLAH", None),
        ("BOGOTÁ, Colombia — ", "BOGOTÁ, Colombia", None),
        ("N'DJAMENA, Chad — ", "N'DJAMENA, Chad", None),
        ("Damascus, Syria — ", "Damascus, Syria", None),
        ("Rio de Janeiro (AFP) - ", "Rio de Janeiro", None),
        ("Sanaa (AFP) ", "Sanaa", None),
    ],
)
def test_dateline(line: str, place: str, date: str | None) -> None:
    """A dateline gives its place and date, and the body begins behind it."""
    text = line + BODY
    layout = lay_out(text)
    assert layout.dateline is not None
    assert (layout.dateline.place.rstrip("."), layout.dateline.date) == (place.rstrip("."), date)
    assert text[layout.dateline.start : layout.dateline.end] == layout.dateline.place
    assert [text[b.start : b.end] for b in layout.blocks] == [line.strip(), BODY]


@pytest.mark.parametrize(
    "text",
    [
        "US - Iran talks resumed in Muscat on Monday.",
        "NATO: the alliance has no plan to send troops.",
        "The Civic League (CL) said its leader was held by police.",
        "Prime Minister Ana Ilic (Union) said talks had failed.",
        "Rebels seized a bridge - the third in a week.",
        "BREAKING: Rebels seized a bridge.",
        "Two men, a father and a son, were shot - police said.",
    ],
)
def test_no_dateline(text: str) -> None:
    """Labels, party names in brackets and dashes in a sentence are no dateline."""
    assert lay_out(text).dateline is None


def test_dateline_behind_a_label_and_below_a_headline() -> None:
    """A label goes first; headline and byline may stand above the dateline."""
    text = "Bridge falls to rebels\nBy Jane Kimani\nURGENT: KHARTOUM (AFP) - " + BODY
    layout = lay_out(text)
    assert [b.kind for b in layout.blocks] == ["headline", "related", "dateline", "body"]
    assert layout.dateline is not None
    assert layout.dateline.place == "KHARTOUM"
    assert text[layout.blocks[-1].start :] == BODY


def test_text_of_one_dateline() -> None:
    """Nothing is left behind a dateline that stands alone."""
    assert [b.kind for b in lay_out("KHARTOUM (AFP) -").blocks] == ["dateline"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Related news: Kenya opens its border", "related"),
        ("Related: Kenya opens its border", "related"),
        ("Read more: Kenya opens its border", "related"),
        ("READ ALSO | Kenya opens its border", "related"),
        ("More stories", "related"),
        ("Most read", "related"),
        ("Click here to read the report", "related"),
        ("Share this article", "related"),
        ("Share on Facebook", "related"),
        ("Follow us on Twitter", "related"),
        ("Sign up for our morning letter", "related"),
        ("Advertisement", "related"),
        ("Story continues below advertisement", "related"),
        ("Copyright 2021 The Daily", "related"),
        ("Reporting by Jane Kimani; Editing by Tom Otieno", "related"),
        ("Last updated: 3 March 2021 10:15 GMT", "related"),
        ("By Jane Kimani", "related"),
        ("By Jane W. Kimani, Staff Writer", "related"),
        ("By Jane Kimani and Tom Otieno", "related"),
        ("Media playback is not supported on this device", "related"),
        ("Image copyright Daily Pictures", "caption"),
        ("Image caption The bridge before the attack", "caption"),
        ("FILE PHOTO: The bridge before the attack.", "caption"),
        ("Photo: Jane Kimani", "caption"),
        ("Opinion: The bridge was never safe.", "commentary"),
        ("Editor's note: The bridge was never safe.", "commentary"),
        # sentences that only look like lines of the page
        ("Other reports said rebels had seized a bridge.", "body"),
        ("Latest reports from the front speak of ten dead.", "body"),
        ("More news of fighting came from the border on Friday.", "body"),
        ("Share prices in Kenya fell on Friday.", "body"),
        ("Print workers in Chile went on strike on Monday.", "body"),
        ("Sponsored militias attacked a village in Mali.", "body"),
        ("Loading of grain resumed in Odesa on Friday.", "body"),
        ("Copyright reform was approved by parliament.", "body"),
        ("Updated sanctions on 12 banks were announced by Canada.", "body"),
        ("By Friday the rebels had taken the bridge.", "body"),
        ("Trending upwards since May, arrests rose to 900.", "body"),
        ("Video of the attack was shown on state television.", "body"),
    ],
)
def test_line_kind(line: str, kind: str) -> None:
    """Every line is named for what it is, wherever it stands."""
    text = f"{BODY}\n\n{line}\n\n{BODY}"
    assert lay_out(text).blocks[1].kind == kind


def test_links_under_a_label() -> None:
    """Titles listed under "Related news:" are links; the first whole sentence is text again."""
    text = f"{BODY}\nRelated news:\nKenya opens its border\nChad closes a port\n{BODY}"
    kinds = [b.kind for b in lay_out(text).blocks]
    assert kinds == ["body", "related", "related", "related", "body"]


def test_headline_is_the_title() -> None:
    """A first line that repeats the title is the headline even with a full stop."""
    assert lay_out(BODY + "\n" + BODY, title=BODY).blocks[0].kind == "headline"
    assert lay_out(BODY + "\n" + BODY).blocks[0].kind == "body"


def test_hard_wrapped_lines_join() -> None:
    """Wrapped lines join, also before a capital where the word had no room left."""
    text = (
        "The rebels said on Friday that they had taken a bridge that leads to the\n"
        "capital and that their men were on the way to the airport and to central\n"
        "Khartoum, where the army had blocked the roads.\n"
        "The army did not comment.\n"
        "What comes next\n"
        "The talks go on."
    )
    assert [text[s : s + 4] for s, _ in paragraphs(text)] == ["The ", "The ", "What", "The "]


def test_lines_of_unwrapped_text_stay_apart() -> None:
    """A heading above a paragraph is not joined to it."""
    text = f"Fighting at the border\n{BODY}\nWhat comes next\n{BODY}"
    assert len(list(paragraphs(text))) == 4


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"We won," he said.', ["We won,"]),
        ("“We won,” he said. “At last.”", ["We won,", "At last."]),
        ('He said: "We won', ["We won"]),
        ("''We won,'' he said. ``At last.''", ["We won,", "At last."]),
        ("«We won», he said.", ["We won"]),
        ("The rebels' leader isn't here.", []),
        ("Nothing is quoted.", []),
    ],
)
def test_quoted(text: str, inside: list[str]) -> None:
    """Quoted matter is found, an open quotation to the paragraph's end."""
    assert [text[s:e] for s, e in quoted(text, 0, len(text))] == inside


PIECES = st.lists(
    st.sampled_from(
        (
            *(BODY, "KHARTOUM (AFP) - ", "Read more: a title", "URGENT: ", "By Jane Kimani"),
            *("\n", "\r\n", "\n\n", " ", "\u00a0", "\u2028", '"', "Photo: x", "wrapped line"),
            *("a. B. C", "?!", "9", "K"),
        )
    ),
    max_size=25,
)


@given(PIECES.map("".join) | st.text(max_size=200))
def test_offsets_cover_the_text_in_order(text: str) -> None:
    """Blocks follow each other, never overlap; what they leave out is space or a label."""
    at = 0
    for block in lay_out(text).blocks:
        assert at <= block.start < block.end <= len(text)
        assert len(text[at : block.start].strip()) <= len("BREAKING NEWS:")
        at = block.end
    assert not text[at:].strip()


@given(PIECES.map("".join) | st.text(max_size=200))
def test_sentences_cover_their_paragraph(text: str) -> None:
    """Sentences follow each other, never overlap and leave out only white space."""
    for start, end in paragraphs(text):
        at = start
        for first, last in split(text, start, end):
            assert at <= first < last <= end
            assert not text[at:first].strip()
            at = last
        assert not text[at:end].strip()
