"""What the annotated clip shows at each moment, as values."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.spans import Span, spans
from pipeline.values import Rep, SetReport


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment: complete repetitions so far, the current span and its seconds so far, the last finished repetition,
    and whether it lies between two of them.

    Of what is timed as a whole, the seconds so far; in a flow those of the latest pose, which is counted from 0.
    """

    done: int
    span: Span | None
    into_s: float
    last: Rep | None
    resting: bool
    held_s: float | None
    pose: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """A report arranged by time; held: when each hold, or stretch of moving, began and ended."""

    reps: tuple[Rep, ...]
    spans: tuple[Span, ...]
    held: tuple[tuple[float, float], ...]

    @property
    def most(self) -> int:
        """The highest number shown: complete repetitions, or seconds."""
        return max((round(end_s - start_s) for start_s, end_s in self.held), default=self._complete)

    @property
    def _complete(self) -> int:
        return sum(rep.complete for rep in self.reps)

    def at(self, time_s: float) -> Moment:
        """The moment at this time; a span includes its start but not its end."""
        finished = [rep for rep in self.reps if rep.end_s <= time_s]
        span = next((span for span in self.spans if span.start_s <= time_s < span.end_s), None)
        return Moment(
            done=sum(rep.complete for rep in finished),
            span=span,
            into_s=time_s - span.start_s if span else 0.0,
            last=finished[-1] if finished else None,
            resting=span is None and 0 < len(finished) < len(self.reps),  # what follows may be cut off
            held_s=self._held_s(time_s),
            pose=self._pose(time_s),
        )

    def _pose(self, time_s: float) -> int:
        return max(0, sum(start_s <= time_s for start_s, _ in self.held) - 1)

    def _held_s(self, time_s: float) -> float | None:
        if not self.held:
            return None
        start_s, end_s = self.held[self._pose(time_s)]
        return min(max(time_s, start_s), end_s) - start_s


def story(report: SetReport) -> Story:
    """The report's spans and repetitions, or the stretch that was timed; in a flow each pose."""
    poses = tuple((pose.start_s, pose.end_s) for pose in report.poses)
    return Story(report.reps, spans(report), poses or ((report.held_span_s,) if report.held_span_s else ()))
