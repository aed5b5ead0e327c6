"""How a prompt is written for a model: Zephyr's template pinned to the byte, or the one that a GGUF file brings along.

A GGUF without a template silently falls back to Llama-2's, hence the pin; TinyLlama's own reads
`<|system|>\\n…</s>\\n<|user|>\\n…</s>\\n<|assistant|>\\n` (model card of TinyLlama-1.1B-Chat-v1.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import jinja2
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.coach.facts import Turn
from bot.coach.model.prompt import Prompt, zephyr

# Ends of a turn in the templates in use; a model that writes one has finished, whatever template it was trained on.
STOP = (
    "</s>", "<|user|>", "<|system|>", "<|assistant|>", "<|im_end|>", "<|im_start|>", "<|eot_id|>", "<|end|>",
    "<|endoftext|>", "<end_of_turn>", "<start_of_turn>", "[INST]",
)  # fmt: skip


class TemplateUnusable(Exception):
    """The template of a file cannot be rendered."""


class Template(Protocol):
    """Writes a prompt as the one text that a model goes on with."""

    def render(self, prompt: Prompt) -> str:
        """The text. Raises TemplateUnusable."""
        ...


@dataclass(frozen=True, slots=True)
class Zephyr:
    """TinyLlama's template, pinned."""

    def render(self, prompt: Prompt) -> str:
        """See Template."""
        return zephyr(prompt)


class GgufTemplate:
    """A template as a GGUF file brings it: Jinja, rendered in a sandbox with what such templates expect.

    bos and eos are the texts of these tokens; controls are the texts of all control tokens of the file, which are taken
    out of whatever was typed.
    """

    def __init__(self, source: str, bos: str, eos: str, controls: Iterable[str] = ()) -> None:
        world = ImmutableSandboxedEnvironment(
            loader=jinja2.BaseLoader(), trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols]
        )
        found = sorted((re.escape(one) for one in controls if len(one) > 1), key=len, reverse=True)
        self._controls = re.compile("|".join(found)) if found else None
        self._given: dict[str, Any] = {
            "bos_token": bos, "eos_token": eos, "add_generation_prompt": True, "raise_exception": _refuse,
        }  # fmt: skip
        try:
            self._template = world.from_string(source)
            self.render(Prompt("s", (Turn("user", "u"),)))
        except jinja2.TemplateError as error:
            raise TemplateUnusable(type(error).__name__) from error

    def render(self, prompt: Prompt) -> str:
        """See Template. A template without a system part gets it at the head of the first turn."""
        turns = self._clean(_merged(prompt.turns))
        try:
            return self._text([{"role": "system", "content": prompt.system}, *turns]) + prompt.begun
        except jinja2.TemplateError:
            return self._without_system(prompt, turns)

    def _without_system(self, prompt: Prompt, turns: Sequence[dict[str, str]]) -> str:
        first, *rest = turns
        try:
            return self._text([{**first, "content": f"{prompt.system}\n\n{first['content']}"}, *rest]) + prompt.begun
        except jinja2.TemplateError as error:
            raise TemplateUnusable(type(error).__name__) from error

    def _text(self, messages: Sequence[dict[str, str]]) -> str:
        return self._template.render(messages=messages, **self._given)

    def _clean(self, turns: Iterable[Turn]) -> list[dict[str, str]]:
        return [{"role": turn.role, "content": self._without_controls(turn.text)} for turn in turns]

    def _without_controls(self, text: str) -> str:
        while self._controls and (shorter := self._controls.sub(" ", text)) != text:
            text = shorter
        return text


def template_for(name: str, source: str | None, bos: str, eos: str, controls: Iterable[str] = ()) -> Template:
    """Zephyr's for TinyLlama and for a file without a template, else the file's own. Raises TemplateUnusable."""
    if not source or "tinyllama" in re.sub(r"[\s_-]", "", name.lower()):
        return Zephyr()
    return GgufTemplate(source, bos, eos, controls)


def _merged(turns: Iterable[Turn]) -> Iterator[Turn]:
    """The turns with neighbours of one role as one: many templates insist that the roles alternate."""
    held: Turn | None = None
    for turn in turns:
        if held and held.role == turn.role:
            held = Turn(turn.role, f"{held.text}\n{turn.text}")
            continue
        if held:
            yield held
        held = turn
    if held:
        yield held


def _refuse(message: str) -> str:
    raise jinja2.TemplateError(message)
