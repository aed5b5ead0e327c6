"""Why a task could not be finished though nothing is wrong with the clip. The next task can be.

ExecutorError
├── DeadlineExceeded   it took longer than deadline_s; its process was ended
├── MemoryExceeded     its process grew past memory_limit_mb and was ended
└── WorkerBroken       a defect; the message says where, for the log
    └── WorkerDied     its process died: killed from outside, for want of memory or by what it read

Apart from `tasks.py`, which loads what draws: the words for these are wanted where nothing is drawn.
"""

from __future__ import annotations


class ExecutorError(Exception):
    """The task could not be finished."""


class DeadlineExceeded(ExecutorError):
    """The task took longer than it may."""


class MemoryExceeded(ExecutorError):
    """The task needed more memory than it may."""


class WorkerBroken(ExecutorError):
    """A defect."""


class WorkerDied(WorkerBroken):
    """A dead process. The same task may end well in another."""
