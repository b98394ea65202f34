"""The engine that is always there: reports are coded one after the other in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.engines.guard import Caps, code_one
from dragoman.readers import Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.engines.guard import Coder
    from dragoman.record import Coded, Report


class InProcess:
    """A coder of this process."""

    def __init__(self, coder: Coder, caps: Caps) -> None:
        """Take the coder and what a report may cost; memory is not capped."""
        self._coder = coder
        self._caps = Caps(seconds=caps.seconds)
        self.manifest = str(getattr(coder, "manifest", ""))

    def code(self, items: Iterable[Report | Reject]) -> Iterator[Coded | Reject]:
        """Give what reports become, one at a time."""
        for item in items:
            yield item if isinstance(item, Reject) else code_one(self._coder, item, self._caps)

    def close(self) -> None:
        """Leave nothing behind: there is nothing."""
