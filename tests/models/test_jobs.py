from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from models.arrival import Arrival
from models.jobs import CRASHED, MAX_ATTEMPTS
from models.store import Store, open_store
from models.tables import Job, JobState
from tests.models.conftest import SettableClock
from tests.models.people import JUN, MIA, claimed, clip, jobs_of, sent, squats, trained


async def test_a_clip_becomes_a_waiting_job_with_all_that_telegram_said(store: Store, clock: SettableClock) -> None:
    await store.account.meet(MIA, 77, "Mia")
    job, created = await store.jobs.enqueue(Arrival(MIA, 77, 5, "log", "f", "u", "watch.csv", 3_000_000_000, "squat"))
    assert created
    assert (job.user_id, job.chat_id, job.message_id, job.kind) == (MIA, 77, 5, "log")
    assert (job.file_id, job.file_unique_id, job.file_name) == ("f", "u", "watch.csv")
    assert (job.size_bytes, job.exercise_given) == (3_000_000_000, "squat")
    assert (job.state, job.attempts, job.created_at) == (JobState.QUEUED, 0, clock.at)


async def test_a_redelivered_update_makes_no_second_job(store: Store) -> None:
    job = await sent(store, MIA, 1)
    assert await store.jobs.enqueue(clip(MIA, 1)) == (job, False)
    assert await jobs_of(store, MIA) == [job]


async def test_an_update_delivered_many_times_at_once_makes_one_job(store: Store) -> None:
    await store.account.meet(MIA, MIA, "Mia")
    answers = await asyncio.gather(*(store.jobs.enqueue(clip(MIA, 1)) for _ in range(8)))
    assert sum(created for _, created in answers) == 1
    assert len({job.id for job, _ in answers}) == 1


async def test_two_files_of_one_message_and_one_file_sent_twice_are_jobs_of_their_own(store: Store) -> None:
    await sent(store, MIA, 1)
    assert (await store.jobs.enqueue(clip(MIA, 1, "another")))[1]
    assert (await store.jobs.enqueue(clip(MIA, 2)))[1]


async def test_a_job_needs_an_account(store: Store) -> None:
    with pytest.raises(IntegrityError):
        await store.jobs.enqueue(clip(MIA, 1))


@pytest.mark.parametrize("wrong", [{"size_bytes": -1}, {"file_id": ""}, {"file_unique_id": ""}])
def test_an_arrival_that_cannot_be_is_refused(wrong: dict[str, str | int]) -> None:
    given: dict[str, str | int] = {"file_id": "f", "file_unique_id": "u", **wrong}
    with pytest.raises(ValueError, match=r"must not be negative|names its file"):
        Arrival(MIA, MIA, 1, "clip", **given)  # type: ignore[arg-type]


async def test_the_line_is_fair(store: Store) -> None:
    firsts = [await sent(store, MIA, message) for message in (1, 2, 3)]
    late = await sent(store, JUN, 1)
    order = [firsts[0].id, late.id, firsts[1].id, firsts[2].id]
    assert [await store.jobs.place_in_line(job_id) for job_id in order] == [1, 2, 3, 4]
    assert [(await claimed(store)).id for _ in order] == order
    assert await store.jobs.claim_next() is None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    earlier=st.lists(st.integers(1, 4), max_size=5),
    later=st.lists(st.integers(1, 4), min_size=1, max_size=8),
    claims=st.integers(0, 5),
)
async def test_the_place_in_line_is_the_number_of_claims_to_come(
    store: Store, earlier: list[int], later: list[int], claims: int
) -> None:
    for user_id in range(1, 5):
        await store.account.forget_user(user_id)  # the store is shared by the examples
    for message, user_id in enumerate(earlier):
        await sent(store, user_id, message)
    for _ in range(min(claims, len(earlier))):
        await claimed(store)
    for message, user_id in enumerate(later):
        await sent(store, user_id, 100 + message)
    waiting = [job for user in range(1, 5) for job in await jobs_of(store, user) if job.state == JobState.QUEUED]
    places = {job.id: await store.jobs.place_in_line(job.id) for job in waiting}
    claimed_ids = [(await claimed(store)).id for _ in waiting]
    assert {job_id: claimed_ids.index(job_id) + 1 for job_id in claimed_ids} == places


async def test_no_job_is_claimed_twice_by_claims_at_once(store: Store) -> None:
    jobs = [await sent(store, user, message) for user in (MIA, JUN) for message in range(5)]
    claims = await asyncio.gather(*(store.jobs.claim_next() for _ in range(14)))
    assert sorted(job.id for job in claims if job) == sorted(job.id for job in jobs)


async def test_a_claimed_job_runs_and_is_no_longer_in_line(store: Store, clock: SettableClock) -> None:
    waiting = await sent(store, MIA, 1)
    clock.forward(30)
    job = await claimed(store)
    assert (job.id, job.state, job.attempts, job.started_at) == (waiting.id, JobState.RUNNING, 1, clock.at)
    assert await store.jobs.place_in_line(job.id) == 0


async def test_a_restart_requeues_what_ran_and_keeps_its_attempts(url: str) -> None:
    async with open_store(url) as store:
        await sent(store, MIA, 1)
        await claimed(store)
    async with open_store(url) as store:
        assert await store.jobs.requeue_running() == 1
        again = await claimed(store)
        assert (again.message_id, again.attempts) == (1, 2)


async def test_a_job_that_keeps_crashing_fails_and_its_user_is_owed_a_word(store: Store) -> None:
    await sent(store, MIA, 1)
    for _ in range(MAX_ATTEMPTS - 1):
        await claimed(store)
        assert await store.jobs.requeue_running() == 1
    await claimed(store)
    assert await store.jobs.requeue_running() == 0
    owed = await store.jobs.unanswered()
    assert [(job.state, job.error, job.attempts) for job in owed] == [(JobState.FAILED, CRASHED, MAX_ATTEMPTS)]
    await store.jobs.mark_answered(owed[0].id)
    assert await store.jobs.unanswered() == []
    assert await store.jobs.claim_next() is None


async def test_an_orderly_stop_costs_no_attempt(store: Store) -> None:
    await sent(store, MIA, 1)
    for _ in range(MAX_ATTEMPTS + 2):
        job = await claimed(store)
        assert job.attempts == 1
        assert await store.jobs.put_back(job.id)
    assert not await store.jobs.put_back(job.id)


async def test_a_failure_is_owed_until_it_is_told(store: Store, clock: SettableClock) -> None:
    await sent(store, MIA, 1)
    job = await claimed(store)
    assert await store.jobs.fail(job.id, "NobodyInView")
    assert [(owed.id, owed.error, owed.finished_at) for owed in await store.jobs.unanswered()] == [
        (job.id, "NobodyInView", clock.at)
    ]
    await store.jobs.mark_answered(job.id)
    assert await store.jobs.unanswered() == []


async def test_only_a_running_job_can_end(store: Store) -> None:
    waiting = await sent(store, MIA, 1)
    assert not await store.jobs.finish(waiting.id)
    job = await claimed(store)
    assert await store.jobs.finish(job.id)
    assert not await store.jobs.fail(job.id, "TooLate")
    assert [job.state for job in await jobs_of(store, MIA)] == [JobState.DONE]


async def test_the_progress_message_survives_a_restart(url: str) -> None:
    async with open_store(url) as store:
        job = await sent(store, MIA, 1)
        await store.jobs.set_progress_message(job.id, 900)
    async with open_store(url) as store:
        assert (await claimed(store)).progress_message_id == 900


async def test_a_stored_set_is_sent_again_and_not_analysed_again(url: str) -> None:
    async with open_store(url) as store:
        await sent(store, MIA, 1)
        await store.sets.save((await claimed(store)).id, [squats(7), squats(3)])
    async with open_store(url) as store:  # the process died between saving and sending
        assert await store.jobs.requeue_running() == 0
        assert await store.jobs.claim_next() is None
        (owed,) = await store.jobs.unanswered()
        assert [(stored.place, stored.reps) for stored in await store.sets.of_job(owed.id)] == [(1, 7), (2, 3)]
        await store.jobs.mark_answered(owed.id)
    async with open_store(url) as store:
        assert await store.jobs.unanswered() == []


HOLD_S = 3.0


async def half(store: Store, message_id: int, album: str | None = None, user_id: int = MIA) -> Job:
    """The job of a log that the user, met here, has just sent."""
    await store.account.meet(user_id, user_id, "Mia")
    log = Arrival(user_id, user_id, message_id, "log", f"f{message_id}", f"u{message_id}", "a.csv", album=album)
    return (await store.jobs.enqueue(log, HOLD_S))[0]


async def test_logs_sent_at_once_are_one_job_with_parts(store: Store, clock: SettableClock) -> None:
    first = await half(store, 1)
    clock.forward(2)
    second = await half(store, 2)
    assert (second.state, second.part_of) == (JobState.PART, first.id)
    clock.forward(2)  # the second renewed the wait
    assert await store.jobs.claim_next() is None
    clock.forward(1)
    assert (await claimed(store)).id == first.id
    assert await store.jobs.parts_of(first.id) == [second]
    assert await store.jobs.claim_next() is None


async def test_a_log_that_comes_later_or_of_another_album_or_person_is_a_job_of_its_own(
    store: Store, clock: SettableClock
) -> None:
    first = await half(store, 1)
    assert (await half(store, 2, album="g")).state == JobState.QUEUED
    assert (await half(store, 3, user_id=JUN)).state == JobState.QUEUED
    clock.forward(HOLD_S)
    assert (await half(store, 4)).state == JobState.QUEUED
    assert await store.jobs.parts_of(first.id) == []


async def test_logs_that_are_not_one_recording_are_jobs_of_their_own(store: Store, clock: SettableClock) -> None:
    first, second = await half(store, 1, "g"), await half(store, 2, "g")
    clock.forward(HOLD_S)
    await store.jobs.separate((await claimed(store)).id)
    assert [(await claimed(store)).id for _ in range(2)] == [first.id, second.id]
    assert [job.attempts for job in await jobs_of(store, MIA)] == [1, 1]


async def test_parts_are_answered_with_their_job(store: Store, clock: SettableClock) -> None:
    await half(store, 1)
    await half(store, 2)
    clock.forward(HOLD_S)
    job = await claimed(store)
    assert await store.jobs.finish(job.id)
    await store.jobs.mark_answered(job.id)
    assert await store.jobs.unanswered() == []
    assert all(job.answered_at == clock.at for job in await jobs_of(store, MIA))


async def test_a_question_is_put_again_until_it_was_and_its_answer_starts_the_job_again(store: Store) -> None:
    await sent(store, MIA, 1)
    job = await claimed(store)
    assert await store.jobs.ask(job.id, '{"columns": ["a", "b"]}')
    assert [owed.question for owed in await store.jobs.unanswered()] == ['{"columns": ["a", "b"]}']
    await store.jobs.mark_answered(job.id)
    assert await store.jobs.unanswered() == []
    assert await store.jobs.claim_next() is None
    assert await store.jobs.asked(JUN, job.id) is None
    assert not await store.jobs.reply(JUN, job.id, '"a"')
    assert await store.jobs.reply(MIA, job.id, '"a"')
    assert not await store.jobs.reply(MIA, job.id, '"b"')
    again = await claimed(store)
    assert (again.id, again.answer, again.attempts, again.answered_at) == (job.id, '"a"', 1, None)


async def test_old_answered_jobs_go_but_those_with_a_set_stay(store: Store, clock: SettableClock) -> None:
    saved = await trained(store, MIA, 1)
    await store.jobs.mark_answered(saved.job_id)
    for message_id in (2, 3):
        await sent(store, MIA, message_id)
        failed = await claimed(store)
        await store.jobs.fail(failed.id, "NobodyInView")
        await store.jobs.mark_answered(failed.id)
        clock.forward(60)
    await sent(store, MIA, 4)
    assert await store.jobs.prune(clock.at - timedelta(seconds=60)) == 1
    assert [job.message_id for job in await jobs_of(store, MIA)] == [4, 3, 1]
    assert await store.sets.file_of(MIA, saved.id) == "file"
