"""Reports of invented happenings for the record of the tests, hostile ones among them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from dragoman.record import Report
from dragoman.store import RunNote
from dragoman.store.duck import DuckSink, connect

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.coding.coder import Coder

LAST = dt.date(2024, 6, 30)
"""Day on which the last report was published, a Sunday."""
SENTENCES = (
    "Iran's foreign minister met his Russian counterpart in Moscow on {day}.",
    "Turkey expelled three Greek diplomats on {day}, the foreign ministry in Ankara said.",
    "Russia attacked a power station in Kharkiv on {day}, killing {dead} people.",
    "France and Germany signed an agreement on military cooperation in Paris on {day}.",
    "The United States accused China of spying on {day}.",
    "Japan sent food aid to the Philippines on {day}.",
    "Iran threatened to attack Israel on {day}.",
    "Protesters rallied against the government in Cairo on {day}.",
    "The United States imposed sanctions on Iran on {day}.",
    "China and Russia signed a trade agreement in Beijing on {day}.",
    "Germany sent military aid to Ukraine on {day}.",
    "Israel's prime minister visited Washington on {day}.",
)
OUTLETS = {
    "Gazette": "https://www.example.org",
    "Morning Courier": "https://courier.example.ru",
    "IRNA": "https://www.example.com",
}
"""Names and addresses: of no country that anybody knows, told by the ending, told by the name."""
SCRIPT = "<script>window.ran = true</script><img src=x onerror='window.ran = true'>"
HOSTILE = {
    "hostile": Report(
        id="../hostile/<b>id</b>?a=1#b",
        text=f'Russia attacked Ukraine on Friday. {SCRIPT} "><svg onload="ran=true"> Iran'
        " attacked {{ 7 * 7 }} Israel on Friday.",
        title=f"{SCRIPT}Headline",
        outlet=f"=cmd|'/c calc'!A1 {SCRIPT}",
        url="javascript:window.ran=true",
        published="2024-06-28",
    ),
    "unicode": Report(
        id="unicode",
        text="\u202eIran attacked Israel on Friday.\u202c Zero\u200bwidth, \ufffe, a\u0300\u0301"
        " and \x07 bells. Russia attacked Ukraine on Friday, \N{PILE OF POO} said.",
        title="\u202etfel ot thgir",
        outlet="+1+1",
        url="data:text/html,<script>window.ran=true</script>",
        published="2024-06-28",
    ),
    "arabic": Report(
        id="arabic",
        text='Iran accused Israel on Friday of an attack. "هذا عدوان", Ali Rezaei said.',
        title="إيران تتهم إسرائيل",
        outlet="الصحافة",
        url="https://www.example.org/ar",
        published="2024-06-28",
    ),
    "long": Report(
        id="long", text="Russia attacked Ukraine on Friday.", title="Long", published="2024-06-28"
    ),
}


def reports() -> list[Report]:
    """Return the reports."""
    made = []
    for week in range(60):
        friday = LAST - dt.timedelta(days=2 + 7 * week)
        for number, sentence in enumerate(SENTENCES):
            if (5 * week + 3 * number + week // 7) % 7 > 2:
                continue
            for place, (outlet, site) in enumerate(list(OUTLETS.items())[: 1 + week % 3]):
                name = f"w{week}-{number}-{outlet[0]}"
                made.append(
                    Report(
                        id=name,
                        text=sentence.format(day="Friday", dead=3 + place)
                        + " Moscow denied that it had attacked the power station." * (number == 2),
                        title=f"{sentence.split()[0]} in the news",
                        published=(friday + dt.timedelta(days=1)).isoformat(),
                        outlet=outlet,
                        url=f"{site}/{name}",
                    )
                )
    return [*made, *HOSTILE.values()]


def make(path: Path, coder: Coder) -> Path:
    """Write the record; the long report is ten megabytes."""
    sink = DuckSink(path)
    sink.begin(RunNote(command="code", manifest=coder.manifest))
    sink.write(list(coder.stream(reports())))
    sink.close()
    with connect(path) as record:
        record.execute(
            "UPDATE reports SET text = text || repeat(' So it was told.', 640000) WHERE id = 'long'"
        )
    return path
