"""What every page is given: documented, and what it answers as JSON.

A page's template sees exactly the model of its page; ``?as=json`` at the same address gives the
same. ``docs/web.md`` is made from these docstrings.
"""

from dragoman.web.contexts.api import ApiPage, Operation, Parameter
from dragoman.web.contexts.base import (
    Account,
    Context,
    EventLine,
    Piece,
    Read,
    RecordState,
    Side,
    Telling,
    row_of,
)
from dragoman.web.contexts.events import EventPage, Figure, ReportPage
from dragoman.web.contexts.pairs import (
    Change,
    ChangesPage,
    DyadPage,
    Month,
    PersonCount,
    Theme,
    Voice,
    period_row,
)
from dragoman.web.contexts.reading import (
    ExplainPage,
    Fired,
    Nearly,
    ReportRead,
    SentenceRead,
    TryPage,
    Word,
)
from dragoman.web.contexts.review import (
    AccountRow,
    Agreed,
    FieldRow,
    Judged,
    JudgePage,
    Moved,
    Opinion,
    ReviewPage,
    Sample,
)
from dragoman.web.contexts.room import (
    Cell,
    Chip,
    FacetCount,
    Period,
    Place,
    RoomPage,
    Timeline,
    Value,
)

__all__ = [
    "Account",
    "AccountRow",
    "Agreed",
    "ApiPage",
    "Cell",
    "Change",
    "ChangesPage",
    "Chip",
    "Context",
    "DyadPage",
    "EventLine",
    "EventPage",
    "ExplainPage",
    "FacetCount",
    "FieldRow",
    "Figure",
    "Fired",
    "JudgePage",
    "Judged",
    "Month",
    "Moved",
    "Nearly",
    "Operation",
    "Opinion",
    "Parameter",
    "Period",
    "PersonCount",
    "Piece",
    "Place",
    "Read",
    "RecordState",
    "ReportPage",
    "ReportRead",
    "ReviewPage",
    "RoomPage",
    "Sample",
    "SentenceRead",
    "Side",
    "Telling",
    "Theme",
    "Timeline",
    "TryPage",
    "Value",
    "Voice",
    "Word",
    "period_row",
    "row_of",
]
