"""The coach opened for the bot: the rules answer at once, the chat model as soon as it is here."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from bot.coach.coach import Coach
from bot.coach.llama.model import LlamaModel
from bot.coach.model.chat_model import ChatModel
from bot.coach.model.prompt import BUDGET, Budget
from bot.coach.model.server import ServerModel, ServerSettings
from bot.coach.model.weights import Source, Weights
from bot.coach.writing import CoachSettings
from bot.settings import Settings
from pipeline.catalogue import exercises

SERVED = Budget(hint_chars=800)  # a server reads hundreds of tokens a second: it may have all notes


@contextlib.asynccontextmanager
async def open_coach(settings: Settings) -> AsyncIterator[Coach]:
    """A coach that answers from the first moment; with a chat model behind it, closed again when the block ends."""
    async with open_model(settings) as model:
        told = CoachSettings(budget=SERVED if settings.chat_url else BUDGET)
        # reads what it learned first: a moment, but seconds where the lists have changed since
        yield await asyncio.to_thread(Coach, model, exercises().values(), told)


@contextlib.asynccontextmanager
async def open_model(settings: Settings) -> AsyncIterator[ChatModel]:
    """The server of the settings, else the model of a file, which is fetched in the background where it is missing."""
    weights = chat_weights(settings)
    if settings.chat_fetch and not settings.chat_url:
        weights.start()
    model: ChatModel = ServerModel(_server(settings)) if settings.chat_url else LlamaModel(weights.find)
    try:
        yield model
    finally:
        weights.stop()
        await model.close()


def chat_weights(settings: Settings) -> Weights:
    """Where the chat model comes from and lands; a path in the setting is that file itself."""
    return Weights(settings.models_dir, Source(settings.chat_repository, settings.chat_file))


def _server(settings: Settings) -> ServerSettings:
    key = settings.chat_key.get_secret_value() if settings.chat_key else None
    return ServerSettings(settings.chat_url or "", key, settings.chat_model)
