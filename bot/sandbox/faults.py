"""Faults to inject: what goes wrong, how often, and for which method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Literal, get_args

from bot.sandbox.refusals import Json, Refusal, too_many_requests

FaultKind = Literal["flood", "error", "hang", "drop", "duplicate", "cut"]
DOWNLOAD = "download"
"""The name under which a file's download is a method to `Fault.method`."""

_SERVER_ERRORS = {502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
_ANSWERING: tuple[FaultKind, ...] = ("flood", "error", "hang", "drop")


@dataclass(frozen=True, slots=True)
class Fault:
    """The next `times` calls of `method` fail in this way.

    None means any method except getUpdates, which a bot calls all the time and which must be named.

    flood       429 with `retry_after_s`
    error       `status` (a 5xx) with its usual description
    hang        no answer for `hang_s`, then the connection closes
    drop        the connection closes without an answer
    duplicate   the next `times` updates are delivered twice under one number; `method` is ignored
    cut         the next downloads stop half way; `method` is ignored

    `applied`: the call takes effect and only its answer is lost, as when the network fails on the way back.
    """

    kind: FaultKind
    method: str | None = None
    times: int = 1
    retry_after_s: int = 1
    status: int = 502
    hang_s: float = 600.0
    applied: bool = False

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            raise ValueError(f"kind must be one of {', '.join(get_args(FaultKind))}, got {self.kind!r}")
        if self.times < 1 or self.retry_after_s < 1 or self.hang_s <= 0:
            raise ValueError("times, retry_after_s and hang_s must be positive")
        if not 500 <= self.status <= 599:
            raise ValueError(f"status must be a 5xx, got {self.status}")

    def fits(self, method: str) -> bool:
        """Whether the fault is for this method; names are compared without case, as by Telegram."""
        return method.lower() != "getupdates" if self.method is None else self.method.lower() == method.lower()

    def refusal(self) -> Refusal:
        """The answer of a flood or an error."""
        if self.kind == "flood":
            return too_many_requests(self.retry_after_s)
        return Refusal(self.status, _SERVER_ERRORS.get(self.status, "Internal Server Error"))


class FaultBook:
    """The faults still to happen, in the order they were added."""

    def __init__(self) -> None:
        self._coming: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Add a fault for the next call that fits."""
        self._coming.append(fault)

    def clear(self) -> None:
        """Remove all faults."""
        self._coming.clear()

    def take(self, method: str) -> Fault | None:
        """The fault for this call, counted down; None where the call goes well."""
        return self._take_one(lambda fault: fault.kind in _ANSWERING and fault.fits(method))

    def take_kind(self, kind: FaultKind) -> Fault | None:
        """The next fault of one kind, counted down, whatever the method."""
        return self._take_one(lambda fault: fault.kind == kind)

    def listed(self) -> list[Json]:
        """The faults that are still to happen, as JSON."""
        return [asdict(fault) for fault in self._coming]

    def _take_one(self, fits: Callable[[Fault], bool]) -> Fault | None:
        for index, fault in enumerate(self._coming):
            if fits(fault):
                self._coming[index : index + 1] = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                return fault
        return None
