"""The answer of the recogniser: which exercise, how sure, and what else it may be."""

from dataclasses import dataclass

from pipeline.values.checks import require

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An exercise and the calibrated probability, 0..1, that it is the right one."""

    name: str
    confidence: float

    def __post_init__(self) -> None:
        require(0.0 <= self.confidence <= 1.0, f"confidence must be in 0..1, got {self.confidence}")


@dataclass(frozen=True, slots=True)
class Recognition:
    """Which exercise was done: `name` is a catalogue slug or "unknown"; `given` where the user said so.

    `alternatives` are the next likely names, best first; where name is "unknown", the names to ask about. `coarse`
    where only the family is sure: `name` is then its likeliest member, `confidence` the family's, and the family's
    other members come first among the alternatives. `as_before` where only the family is sure and `name` is the member
    that the same person named before.
    """

    name: str
    confidence: float
    alternatives: tuple[Candidate, ...] = ()
    given: bool = False
    coarse: bool = False
    as_before: bool = False

    @property
    def known(self) -> bool:
        """Whether an exercise was recognised or given."""
        return self.name != UNKNOWN
