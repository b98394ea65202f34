"""Accounts of the record's events, joined and split as reviewers say.

A joining moves whole groups, a split moves the accounts it names; the later line acts on what the
earlier ones left. The id of a group is its first account's, as in the record itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.review.verdicts import Joining


def regrouped(
    events: Mapping[str, str], order: Sequence[str], joinings: Iterable[Joining]
) -> dict[str, str]:
    """Return the event of each account after joinings and splits.

    Args:
        events: the event of each account, as it stands in the record.
        order: the accounts, the first published first.
        joinings: lines by time; what they say of accounts that are not there is passed over.
    """
    group = dict(events)
    for line in joinings:
        some = {name for name in line.accounts if name in group}
        if line.of not in group or not some:
            continue
        if line.verdict == "join":
            _join(group, some, group[line.of])
        else:
            _split(group, some, line)
    leads: dict[str, str] = {}
    for name in order:
        leads.setdefault(group[name], name)
    kept = {label for label in group.values() if _untouched(label, group, events)}
    return {name: label if label in kept else leads[label] for name, label in group.items()}


def _join(group: dict[str, str], some: set[str], to: str) -> None:
    """Move the whole groups of some accounts into one."""
    moving = {group[name] for name in some}
    group.update({name: to for name, label in group.items() if label in moving})


def _split(group: dict[str, str], some: set[str], line: Joining) -> None:
    """Move the accounts that are together with another into a group of their own."""
    together = {name for name in some if group[name] == group[line.of]} - {line.of}
    group.update(dict.fromkeys(together, f"split {line.id}"))


def _untouched(label: str, group: Mapping[str, str], events: Mapping[str, str]) -> bool:
    """Whether a group is an event of the record, account for account."""
    members = {name for name, its in group.items() if its == label}
    return members == {name for name, its in events.items() if its == label}
