"""Why a task could not be finished though nothing is wrong with the clip. The next task can be.

ExecutorError
├── DeadlineExceeded   it took longer than deadline_s; its process was ended
├── MemoryExceeded     its process grew past memory_limit_mb and was ended
└── WorkerBroken       a defect, or a process that died; the message says where, for the log

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
    """A defect or a dead process."""
