"""Splitting paragraphs into sentences: hard ends, and stops that end nothing."""

from __future__ import annotations

import pytest

from dragoman.language.sentences import split

HARD = [  # the sentences of a paragraph, one string each
    ["Mr. Otieno met Dr. Kimani.", "They spoke for an hour."],
    ["Gen. Ali Hassan and Col. Omar were held.", "The army did not comment."],
    ["The U.S. Senate passed the bill.", "Iran protested."],
    ["He flew back to the U.S.", "The talks had failed."],
    ["Rebels hold the U.N. base.", "Troops went in."],
    ["He spoke at the U.N.", "On Friday he left."],
    ["The attack began at 5 a.m. on Monday.", "Ten men died."],
    ["The attack began at 5 a.m.", "The army fled."],
    ["Shares of Acme Inc. fell.", "The board quit."],
    ["It was bought by Acme Corp.", "The price was not named."],
    ["On Jan. 5 the truce ended.", "Shelling went on."],
    ["On Nov. 12, 2019, he fled.", "He never came back."],
    ["Sen. Mark Lane, R-Ill., spoke.", "He was calm."],
    ["J. F. Lane was shot.", "He lived."],
    ["George W. Lane won.", "His rival did not."],
    ["Prices rose 3.5 percent.", "Wages did not."],
    ["The vote was 45.5 to 54.5.", "The bill failed."],
    ["“We won,” he said.", "“We are glad.”"],
    ["“We won.”", "He left."],
    ['"Is it over?" he asked.', "Nobody knew."],
    ['"It is over!"', "The crowd cheered."],
    ["He said: “Stop.”", "They did not stop."],
    ["What now?", "Nobody knows."],
    ["Stop!", "The army is here."],
    ["He paused…", "Then he left."],
    ["He paused...", "Then he left."],
    ["He paused ... and left.", "The room was silent."],
    ["The deal was signed.", "(The text is secret.)"],
    ["The deal was signed (in secret).", "It holds."],
    ["The group took the town.[1]", "It fell back in May."],
    ["Mosul fell in 2014.", "2017 saw it freed."],
    ["He lives in St. Louis.", "She lives in Ft. Worth."],
    ["The No. 2 leader was killed.", "The No. 1 leader fled."],
    ["They asked for food, water, etc.", "The convoy brought none."],
    ["LONDON, Ky. police held two men.", "Both were freed."],
    ["Iran vs. Iraq was called off.", "Fans left."],
    ["The bill, i.e. the ban, passed.", "Chad protested."],
    ["The deal was signed.The army left.", "Nobody saw it."],
    ["He told the U.K. and the E.U. to wait.", "They agreed."],
    ["The U.S.-led force struck.", "Two men died."],
    ["See www.example.org for more.", "The list is long."],
    ["Lt. Gen. O. Said spoke to Sgt. Maj. Ray.", "Both denied it."],
    ["The court freed Lane Jr. and his aide.", "They went home."],
    ["The firm, Acme Co., paid.", "The state took the money."],
]


@pytest.mark.parametrize("sentences", HARD, ids=lambda s: s[0][:30])
def test_hard_ends(sentences: list[str]) -> None:
    """A stop ends a sentence only where a reader sees an end."""
    text = " ".join(sentences)
    found = [text[s:e] for s, e in split(text, 0, len(text))]
    if ".The" in sentences[0]:
        head, tail = sentences[0].split(".The")
        sentences = [head + ".", "The" + tail, *sentences[1:]]
    assert found == sentences


def test_offsets_count_from_the_report() -> None:
    """Offsets are those of the whole text, and nothing outside the paragraph is looked at."""
    text = "Title. Here\n\nRebels fled. Troops came. \n\nEnd."
    assert [text[s:e] for s, e in split(text, 13, 39)] == ["Rebels fled.", "Troops came."]


@pytest.mark.parametrize("text", ["", "   ", "...", "?!", '."', "A.", "a. b. c."])
def test_odd_paragraphs(text: str) -> None:
    """Odd paragraphs are one sentence at most."""
    assert len(list(split(text, 0, len(text)))) <= 1
