"""The real llama.cpp with a tiny model: one thread, whole characters, cancelling, the kept prefix, honest errors."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.coach import Coach
from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Turn
from bot.coach.guard.guard import guard_for_model
from bot.coach.llama.context import LlamaContext, LlamaSettings, Stopped
from bot.coach.llama.model import LlamaModel
from bot.coach.model.chat_model import ModelMissing, PromptTooLong
from bot.coach.model.prompt import SYSTEM, Prompt
from bot.coach.model.templates import STOP
from tests.coach.tiny_model import write_tiny_model

SETTINGS = LlamaSettings(context=2048, threads=1, chunk=64)
MUCH = 1500  # tokens; see `written`
PIECES = 3
LONG_S = 60.0  # only a test that fails waits so long; the machine may be busy


@pytest.fixture(scope="session")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("model") / "tiny.gguf")


@pytest.fixture
async def model(model_file: Path) -> AsyncIterator[LlamaModel]:
    made = LlamaModel(lambda: model_file, SETTINGS)
    yield made
    await made.close()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the model writes of an answer of `MUCH` tokens: after three pieces it goes on only once it is to stop."""
    pieces, write = list[str](), LlamaContext.write

    def held(context: LlamaContext, seed: int, max_tokens: int, stopped: Stopped) -> Iterator[str]:
        for piece in write(context, seed, max_tokens, stopped):
            if max_tokens == MUCH:
                pieces.append(piece)
            yield piece
            if len(pieces) >= PIECES:
                _wait_for(stopped)

    monkeypatch.setattr(LlamaContext, "write", held)
    return pieces


def _wait_for(stopped: Stopped) -> None:
    end_s = time.monotonic() + LONG_S
    while not stopped():
        assert time.monotonic() < end_s, "nobody stopped the writing"
        time.sleep(0.001)


async def _said(model: LlamaModel, prompt: Prompt, *, max_tokens: int = 24, seed: int = 1) -> str:
    pieces = model.stream(prompt, max_tokens=max_tokens, seed=seed, cancel=threading.Event())
    return "".join([piece async for piece in pieces])


def _asked(question: str) -> Prompt:
    return Prompt(SYSTEM, (Turn("user", question),))


async def test_the_same_seed_says_the_same_again(model: LlamaModel) -> None:
    first = await _said(model, _asked("How was it?"))
    other = await _said(model, _asked("And now?"))
    again = await _said(model, _asked("How was it?"))
    assert first == again
    assert first != other


async def test_no_stop_string_gets_through(model: LlamaModel) -> None:
    texts = [await _said(model, _asked("Go on."), max_tokens=60, seed=seed) for seed in range(8)]
    assert not [text for text in texts if any(stop in text for stop in STOP)]
    assert any(texts)


async def test_eight_users_in_turn_read_the_system_part_once(model: LlamaModel) -> None:
    await model.warm_up(Prompt(SYSTEM, ()))
    shared = model.reads.read
    for number in range(8):
        await _said(model, _asked(f"User {number} asks."), max_tokens=4)
    read_of_users = model.reads.read - shared
    asked_by_users = model.reads.asked - shared
    assert shared > 100
    assert read_of_users < asked_by_users - 8 * (shared - 20)  # 20: the roles behind the system part differ


async def test_users_who_take_turns_have_nothing_read_twice(model: LlamaModel) -> None:
    facts = [f"Facts of user {number}: " + f"{number} " * 80 for number in range(4)]
    asked = [Prompt(SYSTEM, (Turn("user", one), Turn("assistant", "Read."), Turn("user", "So?"))) for one in facts]
    first = [await _said(model, prompt, max_tokens=4) for prompt in asked]
    before = model.reads.read
    assert [await _said(model, prompt, max_tokens=4) for prompt in asked] == first
    assert model.reads.read - before == len(asked)  # the last token of each, for what comes after it


async def test_what_was_read_ahead_is_not_read_again(model: LlamaModel, model_file: Path) -> None:
    known = Prompt(SYSTEM, (Turn("user", "Facts: " + "many words " * 30), Turn("assistant", "Read.")))
    asked = Prompt(SYSTEM, (*known.turns, Turn("user", "So?")))
    cold = LlamaModel(lambda: model_file, SETTINGS)
    alone, whole = await _said(cold, asked), cold.reads.read
    await cold.close()
    model.read_ahead(known)
    await model.idle()
    assert model.reads.read >= whole - 40  # but for the question, and the roles behind it
    before = model.reads.read
    assert await _said(model, asked) == alone
    assert model.reads.read - before < 60


async def test_a_cancelled_answer_ends_and_the_next_one_is_right(model: LlamaModel, written: list[str]) -> None:
    alone = await _said(model, _asked("Second."), max_tokens=8)
    cancel = threading.Event()
    async for _ in model.stream(_asked("First."), max_tokens=MUCH, seed=3, cancel=cancel):
        cancel.set()
    assert len(written) <= PIECES
    written.clear()
    assert await _said(model, _asked("Second."), max_tokens=8) == alone


async def test_a_reader_who_leaves_stops_the_writing(model: LlamaModel, written: list[str]) -> None:
    cancel = threading.Event()
    pieces = model.stream(_asked("First."), max_tokens=MUCH, seed=3, cancel=cancel)
    await anext(pieces)
    await _closed(pieces)
    assert cancel.is_set()
    await model.idle()
    assert len(written) <= PIECES


async def _closed(pieces: AsyncIterator[str]) -> None:
    close = getattr(pieces, "aclose")  # noqa: B009 - the protocol promises an iterator, here it is a generator
    await close()


async def test_the_model_writes_in_another_thread_than_the_loop_s(model: LlamaModel) -> None:
    await model.warm_up(Prompt(SYSTEM, ()))
    shares = []
    for _ in range(3):  # on a busy machine a garbage collection alone may fall upon the loop's thread
        own_s, whole_s = time.thread_time(), time.process_time()
        await _said(model, _asked("Write much."), max_tokens=300)
        shares.append((time.thread_time() - own_s) / (time.process_time() - whole_s))
    assert min(shares) < 0.3  # a tenth is usual; `make bench` says how late the loop is


async def test_a_prompt_beyond_the_context_is_refused(model: LlamaModel) -> None:
    with pytest.raises(PromptTooLong):
        await _said(model, _asked("long " * 3000))


async def test_without_a_file_the_model_is_not_ready() -> None:
    missing = LlamaModel(lambda: None, SETTINGS)
    assert not missing.ready
    with pytest.raises(ModelMissing):
        await _said(missing, _asked("Hello?"))
    await missing.close()


async def test_a_file_that_is_no_model_is_given_up(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(64))
    model = LlamaModel(lambda: broken, SETTINGS)
    assert model.ready
    with pytest.raises(ModelMissing):
        await _said(model, _asked("Hello?"))
    assert not model.ready
    await model.close()


async def test_a_build_that_would_end_the_process_is_not_asked(
    model: LlamaModel, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("llama_cpp.llama_print_system_info", lambda: b"CPU : AVX512 = 1 | AMX_INT8 = 1 | REPACK = 1 | ")
    with pytest.raises(ModelMissing):
        await _said(model, _asked("Hello?"))
    assert not model.ready
    assert "make clean" in caplog.text


async def test_no_prompt_reaches_a_log_or_the_terminal(
    model: LlamaModel, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    await _said(model, _asked("my secret knee"), max_tokens=4)
    out, err = capfd.readouterr()
    assert "secret" not in caplog.text + out + err


async def test_nonsense_of_a_real_model_is_replaced_by_the_rules(model: LlamaModel) -> None:
    coach = Coach(model)
    said = [one async for one in coach.answer("what should i work on", SCENES["squat"], user_id=1)]
    judge = guard_for_model(SCENES["squat"], [one.text for one in said if one.voice == "rules"], [])
    assert any("hips" in one.text for one in said if one.voice == "rules")
    assert all(judge.passes(one.text) for one in said)
    assert model.reads.asked > 0
