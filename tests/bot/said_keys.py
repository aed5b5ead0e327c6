"""Which sentences the sources ask for: every call of say, plain and plain_as_is, read from the syntax tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BOT = Path(__file__).resolve().parents[2] / "bot"
SPEAKERS = ("say", "plain", "plain_as_is")
HOLE = r"(\w+)"


@dataclass(frozen=True, slots=True)
class Asked:
    """One key that a call may ask for. pattern is a regular expression, a group for each hole of an f-string;
    facts are the names handed over, None where some come as a mapping; words are all strings of the same file."""

    place: str
    speaker: str
    pattern: str
    facts: frozenset[str] | None
    words: frozenset[str]

    @property
    def names_its_group(self) -> bool:
        return not self.pattern.startswith(HOLE)

    def may_be(self, key: str, words: frozenset[str] = frozenset()) -> bool:
        """Whether the call can ask for `key`, its holes filled with strings of its own file or with `words`."""
        found = re.fullmatch(self.pattern, key)
        return found is not None and self.words | words >= set(found.groups())


@cache
def asked() -> tuple[Asked, ...]:
    """Every key asked for in the bot's sources; the coach and the sandbox have sentences of their own."""
    own = {BOT / "coach", BOT / "sandbox", BOT / "sentences"}
    files = [path for path in sorted(BOT.rglob("*.py")) if own.isdisjoint(path.parents)]
    return tuple(one for path in files for one in _asked_in(path))


def _asked_in(path: Path) -> Iterator[Asked]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    speakers = _imported(tree)
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    words = frozenset(value for value in constants if isinstance(value, str))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in speakers:
            names = [keyword.arg for keyword in node.keywords]
            facts = None if None in names else frozenset(name for name in names if name)
            for pattern in _patterns(node.args[1], tree):
                yield Asked(f"{path.name}:{node.lineno}", node.func.id, pattern, facts, words)


def _imported(tree: ast.Module) -> set[str]:
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "bot.sentences"]
    return {name.name for node in imports for name in node.names if name.name in SPEAKERS}


def _patterns(key: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The keys an expression may be; a name stands for what was assigned to it last, further up."""
    if isinstance(key, ast.Constant):
        yield re.escape(str(key.value))
    elif isinstance(key, ast.JoinedStr):
        yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else HOLE for part in key.values)
    elif isinstance(key, ast.IfExp):
        yield from (*_patterns(key.body, tree), *_patterns(key.orelse, tree))
    elif isinstance(key, ast.Name):
        yield from _patterns(_assigned(key, tree), tree)


def _assigned(name: ast.Name, tree: ast.Module) -> ast.expr:
    above = [node for node in ast.walk(tree) if isinstance(node, ast.Assign) and node.lineno < name.lineno]
    return max((node for node in above if ast.unparse(node.targets[0]) == name.id), key=lambda node: node.lineno).value
