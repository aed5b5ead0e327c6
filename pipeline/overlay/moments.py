"""What is to be said at each moment of a clip, as values."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.spans import Span, spans
from pipeline.values import Rep, SetReport


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment: complete repetitions so far, the span it lies in and the seconds since that began, the last
    finished repetition, whether it lies between two of them, and of what is timed as a whole the seconds so far."""

    done: int
    span: Span | None
    into_s: float
    last: Rep | None
    resting: bool
    held_s: float | None


@dataclass(frozen=True, slots=True)
class Story:
    """A report arranged by time; held is when a hold, or what is timed while one moves, began and ended."""

    reps: tuple[Rep, ...]
    spans: tuple[Span, ...]
    held: tuple[float, float] | None

    @property
    def most(self) -> int:
        """The highest number that is counted: complete repetitions, or seconds."""
        return sum(rep.complete for rep in self.reps) if self.held is None else round(self.held[1] - self.held[0])

    def at(self, time_s: float) -> Moment:
        """The moment at this time; a span holds its start but not its end."""
        finished = [rep for rep in self.reps if rep.end_s <= time_s]
        span = next((span for span in self.spans if span.start_s <= time_s < span.end_s), None)
        return Moment(
            done=sum(rep.complete for rep in finished),
            span=span,
            into_s=time_s - span.start_s if span else 0.0,
            last=finished[-1] if finished else None,
            resting=span is None and 0 < len(finished) < len(self.reps),  # what follows may be cut off
            held_s=self._held_s(time_s),
        )

    def _held_s(self, time_s: float) -> float | None:
        if self.held is None:
            return None
        start_s, end_s = self.held
        return min(max(time_s, start_s), end_s) - start_s


def story(report: SetReport) -> Story:
    """The report's spans and repetitions, or the stretch that was timed."""
    return Story(report.reps, spans(report), report.held_span_s)
