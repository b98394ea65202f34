"""What processes cost: processor time and memory, as Linux tells them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

MIB = 2**20
TICKS = os.sysconf("SC_CLK_TCK")


class Cost(NamedTuple):
    """What a process has cost so far."""

    seconds: float
    """Processor time, that of its threads included."""
    memory: int
    """MiB that it holds."""
    peak: int
    """MiB that it has held at most."""


def workers(parent: int | None = None) -> list[int]:
    """Return the pool's processes of a process, of this one by default."""
    pid = parent or os.getpid()
    found = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in children.read_text().split()]
    return sorted(child for child in found if b"spawn_main" in _read(child, "cmdline"))


def actors() -> list[int]:
    """Return the processes of Ray's actors on this machine."""
    names = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
    return sorted(pid for pid in names if _read(pid, "cmdline").startswith(b"ray::Desk"))


def cost(pid: int | None = None) -> Cost:
    """Return what a process has cost, this one by default; nothing when it is gone."""
    of = pid or os.getpid()
    fields = _read(of, "stat").rpartition(b")")[2].split()
    if not fields:
        return Cost(0.0, 0, 0)
    lines = _read(of, "status").decode().splitlines()
    kib = {
        name: int(rest.split()[0])
        for name, _, rest in (x.partition(":") for x in lines)
        if name in {"VmRSS", "VmHWM"}
    }
    seconds = (int(fields[11]) + int(fields[12])) / TICKS
    return Cost(seconds, kib.get("VmRSS", 0) // 1024, kib.get("VmHWM", 0) // 1024)


def _read(pid: int, name: str) -> bytes:
    """Return one of a process's files; nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""
