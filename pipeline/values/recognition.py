"""Which exercise it was, how surely, and what else it may have been."""

from dataclasses import dataclass

from pipeline.values.checks import require

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name for what was done, and the calibrated probability that it is right (0..1)."""

    name: str
    confidence: float

    def __post_init__(self) -> None:
        require(0.0 <= self.confidence <= 1.0, f"confidence must be in 0..1, got {self.confidence}")


@dataclass(frozen=True, slots=True)
class Recognition:
    """Which exercise: `name` is a catalogue slug or "unknown"; `given` when the user said so.

    `alternatives` are the likeliest other names, best first. Where name is "unknown" they are what to ask about.
    `coarse` where only the family is sure: `name` is its likeliest member, `confidence` the family's, and the
    family's other members come first among the alternatives. `as_before` where only the family is sure, and `name` is
    the member that the same person named before.
    """

    name: str
    confidence: float
    alternatives: tuple[Candidate, ...] = ()
    given: bool = False
    coarse: bool = False
    as_before: bool = False

    @property
    def known(self) -> bool:
        """Whether there is a name at all."""
        return self.name != UNKNOWN
