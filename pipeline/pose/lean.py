"""Remove the unused segmentation branch from the pose bundle, which saves a third of the time of a frame.

The landmark network has five outputs, one of them a 256 x 256 mask of where the person is. MediaPipe drops the mask
unless it is asked for, but TFLite computes it all the same. Here its operators are removed from the operator list and
its output points at another tensor; nothing else changes, so that landmarks are the same to the last bit
(tests/pipeline/test_pose_lean.py checks it).
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


def lean_copy(model: Path) -> Path:
    """Path of a copy of the `.task` file `model` without its mask, beside it; `model` itself where none can be written.

    A file and not bytes: MediaPipe maps a file into memory once, but copies bytes for each landmarker.
    """
    lean = model.with_suffix(f".lean{model.suffix}")
    unfinished = lean.with_suffix(f".{os.getpid()}.part")  # several workers may start at once
    bundle = without_mask(model.read_bytes())
    try:
        unfinished.write_bytes(bundle)
        unfinished.replace(lean)
    except OSError:  # no permission, a read-only or a full file system
        return model
    return lean


def without_mask(bundle: bytes) -> bytes:
    """The bytes of a `.task` bundle whose landmark network does not compute the mask; unchanged if there is no mask.

    Raises KeyError where there is no landmark network, zipfile.BadZipFile where it is not a bundle.
    """
    slim = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bundle)) as source, zipfile.ZipFile(slim, "w", zipfile.ZIP_STORED) as target:
        source.getinfo(MEMBER)
        for member in source.infolist():
            content = source.read(member)
            target.writestr(member.filename, pruned(content) if member.filename == MEMBER else content)
    return slim.getvalue()


def pruned(network: bytes) -> bytes:
    """The TFLite file without its mask output and without the operators that only the mask needs."""
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
    """A FlatBuffer table and its vectors, each found by the field's offset in the vtable."""

    table: Table

    def first(self, field: int) -> int:
        """Offset of the vector's first element."""
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
    """Indices of the operators that these tensors depend on."""
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
    """Write the vector of operators with only these: a length, then offsets, each relative to its own position."""
    first = graph.first(_GRAPH_OPERATORS)
    tables = [graph.table.Indirect(first + 4 * index) for index in kept]
    struct.pack_into("<I", patched, first - 4, len(kept))
    for index, table in enumerate(tables):
        struct.pack_into("<I", patched, first + 4 * index, table - first - 4 * index)
