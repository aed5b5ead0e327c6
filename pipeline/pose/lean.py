"""The pose bundle without the work nobody looks at: the branch that draws the person's outline.

The landmark network ends in five outputs, one of them a 256 x 256 mask of where the person is. MediaPipe throws the
mask away unless it is asked for, but TFLite computes it all the same: a third of the time of a frame. Here its
operators are taken off the list and its output points at one that is there anyway; nothing else is touched, so that
landmarks are the same to the last bit (tests/pipeline/test_pose_lean.py holds it).
"""

from __future__ import annotations

import io
import math
import os
import struct
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flatbuffers.table import Table

MEMBER = "pose_landmarks_detector.tflite"
MASK_SHAPE = [1, 256, 256, 1]

# Places in the vtables of TFLite's tables: 4 + 2 * the number of the field in its schema (version 3a).
_MODEL_SUBGRAPHS = 8
_GRAPH_TENSORS, _GRAPH_OUTPUTS, _GRAPH_OPERATORS = 4, 8, 10
_TENSOR_SHAPE = 4
_OPERATOR_INPUTS, _OPERATOR_OUTPUTS = 6, 8


def lean_beside(model: Path) -> Path:
    """A file beside the `.task` file `model`, the same without its mask; the model itself where none can be written.

    A file and not bytes: MediaPipe maps it into memory once, while it copies bytes for each of its landmarkers.
    """
    lean = model.with_suffix(f".lean{model.suffix}")
    unfinished = lean.with_suffix(f".{os.getpid()}.part")  # workers start side by side
    bundle = without_mask(model.read_bytes())
    try:
        unfinished.write_bytes(bundle)
        unfinished.replace(lean)
    except OSError:  # a folder of somebody else's, a file system that is read-only or full
        return model
    return lean


def without_mask(bundle: bytes) -> bytes:
    """A `.task` bundle whose landmark network does not compute the mask; one without a mask comes back as it was.

    Raises KeyError where there is no landmark network, zipfile.BadZipFile where it is no bundle.
    """
    slim = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bundle)) as source, zipfile.ZipFile(slim, "w", zipfile.ZIP_STORED) as target:
        source.getinfo(MEMBER)
        for member in source.infolist():
            content = source.read(member)
            target.writestr(member.filename, pruned(content) if member.filename == MEMBER else content)
    return slim.getvalue()


def pruned(network: bytes) -> bytes:
    """The TFLite file with its mask output dropped, the operators that only the mask needs taken off the list."""
    patched = bytearray(network)
    graph = _graph_of(patched)
    outputs = graph.numbers(_GRAPH_OUTPUTS)
    tensors = graph.tables(_GRAPH_TENSORS)
    shapes = [tensors[output].numbers(_TENSOR_SHAPE) for output in outputs]
    if shapes.count(MASK_SHAPE) != 1 or len(outputs) < 2:
        return network
    mask = shapes.index(MASK_SHAPE)
    others = [output for output in outputs if output != outputs[mask]]
    smallest = min(others, key=lambda output: math.prod(tensors[output].numbers(_TENSOR_SHAPE)))
    struct.pack_into("<i", patched, graph.first(_GRAPH_OUTPUTS) + 4 * mask, smallest)
    _keep_operators(patched, graph, sorted(_leading_to(graph, others)))
    return bytes(patched)


@dataclass(frozen=True, slots=True)
class _Node:
    """A table of a FlatBuffer and its vectors, each found by the field's place in the vtable."""

    table: Table

    def first(self, field: int) -> int:
        """Where the vector's first element lies."""
        return int(self.table.Vector(self.table.Offset(field)))

    def count(self, field: int) -> int:
        return int(self.table.VectorLen(self.table.Offset(field))) if self.table.Offset(field) else 0

    def numbers(self, field: int) -> list[int]:
        """A vector of 32-bit integers."""
        count = self.count(field)
        return list(struct.unpack_from(f"<{count}i", self.table.Bytes, self.first(field))) if count else []

    def tables(self, field: int) -> list[_Node]:
        """A vector of tables."""
        return [
            _Node(Table(self.table.Bytes, self.table.Indirect(self.first(field) + 4 * index)))
            for index in range(self.count(field))
        ]


def _graph_of(network: bytearray) -> _Node:
    root = struct.unpack_from("<I", network)[0]
    return _Node(Table(network, root)).tables(_MODEL_SUBGRAPHS)[0]


def _leading_to(graph: _Node, tensors: Iterable[int]) -> set[int]:
    """Indices of the operators that these tensors are computed by."""
    operators = graph.tables(_GRAPH_OPERATORS)
    maker = {made: index for index, node in enumerate(operators) for made in node.numbers(_OPERATOR_OUTPUTS)}
    needed: set[int] = set()
    waiting = list(tensors)
    while waiting:
        index = maker.get(waiting.pop())
        if index is not None and index not in needed:
            needed.add(index)
            waiting += operators[index].numbers(_OPERATOR_INPUTS)
    return needed


def _keep_operators(patched: bytearray, graph: _Node, kept: list[int]) -> None:
    """The vector of operators holds only these: a length, then offsets, each counted from its own place."""
    first = graph.first(_GRAPH_OPERATORS)
    tables = [graph.table.Indirect(first + 4 * index) for index in kept]
    struct.pack_into("<I", patched, first - 4, len(kept))
    for index, table in enumerate(tables):
        struct.pack_into("<I", patched, first + 4 * index, table - first - 4 * index)
