"""The order in which waiting jobs are claimed: fair over users, then by age."""

from __future__ import annotations

from sqlalchemy import Subquery, func
from sqlmodel import col, select

from models.tables import Job, JobState


def line() -> Subquery:
    """Waiting jobs with their `place`: sorted by how many jobs of the user go before (running or waiting), then by age.

    That is the order in which fair claims take them if nothing ends meanwhile: every claim raises its user's count by
    one, so each user's jobs have rising keys, and taking the least head of all users merges them in key order.
    """
    running = (
        select(Job.user_id, func.count().label("busy"))
        .where(Job.state == JobState.RUNNING)
        .group_by(col(Job.user_id))
        .subquery()
    )
    turn = func.row_number().over(partition_by=col(Job.user_id), order_by=col(Job.id))
    waiting = (
        select(Job.id, Job.ready_at, (turn + func.coalesce(running.c.busy, 0)).label("before"))
        .join(running, running.c.user_id == Job.user_id, isouter=True)
        .where(Job.state == JobState.QUEUED)
        .subquery()
    )
    place = func.row_number().over(order_by=(waiting.c.before, waiting.c.id)).label("place")
    return select(waiting.c.id, waiting.c.ready_at, place).subquery()
