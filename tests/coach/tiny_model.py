"""Writes a GGUF of TinyLlama's architecture with few weights, all random, and a small vocabulary of its own.

It speaks nonsense at once, which is what the tests of threads, cancelling and caching need: no download, no real model.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from gguf import GGMLQuantizationType, GGUFWriter, TokenType, quants

CONTROL = ("<unk>", "<s>", "</s>")
PIECES = ("▁the", "▁set", "▁reps", "▁you", "▁and", "▁good", "er", "in", "<|", "|>", "user", "system", "assistant")
LAYERS, WIDTH, HEADS, KV_HEADS, FEED_FORWARD, CONTEXT = 2, 64, 4, 2, 128, 2048


def write_tiny_model(path: Path, seed: int = 0, width: int = WIDTH, layers: int = LAYERS) -> Path:
    """A model file of well under a megabyte at eight bits; the same bytes for the same seed."""
    writer, rng = GGUFWriter(str(path), "llama"), np.random.default_rng(seed)
    _describe(writer, width, layers)
    tokens = _add_vocabulary(writer)
    for name, rows, columns in _matrices(tokens, width, layers):
        values = rng.standard_normal((rows, columns), dtype=np.float32) * np.float32(0.2)
        kind = GGMLQuantizationType.Q8_0
        writer.add_tensor(name, quants.quantize(values, kind), raw_dtype=kind)
    for name in ("output_norm", *(f"blk.{i}.{part}" for i in range(layers) for part in ("attn_norm", "ffn_norm"))):
        writer.add_tensor(f"{name}.weight", np.ones(width, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _describe(writer: GGUFWriter, width: int, layers: int) -> None:
    writer.add_name("random weights for tests")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(width)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(width // HEADS)
    writer.add_rope_freq_base(10_000.0)


def _add_vocabulary(writer: GGUFWriter) -> int:
    """A sentence-piece vocabulary: control tokens, every byte, the printable ASCII characters and a few pieces."""
    letters = ["▁", *(chr(code) for code in range(33, 127))]
    tokens = [*CONTROL, *(f"<0x{value:02X}>" for value in range(256)), *letters, *PIECES]
    kinds = [TokenType.UNKNOWN, TokenType.CONTROL, TokenType.CONTROL, *[TokenType.BYTE] * 256]
    kinds += [TokenType.NORMAL] * (len(tokens) - len(kinds))
    scores = [0.0] * (len(tokens) - len(PIECES)) + [float(-at - 1) for at in range(len(PIECES))]
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores(scores)
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    return len(tokens)


def _matrices(tokens: int, width: int, layers: int) -> list[tuple[str, int, int]]:
    """Name, rows and columns of every weight matrix."""
    narrow = width // HEADS * KV_HEADS
    parts = (
        ("attn_q", width, width),
        ("attn_k", narrow, width),
        ("attn_v", narrow, width),
        ("attn_output", width, width),
        ("ffn_gate", FEED_FORWARD, width),
        ("ffn_up", FEED_FORWARD, width),
        ("ffn_down", width, FEED_FORWARD),
    )
    blocks = [(f"blk.{i}.{name}.weight", rows, columns) for i in range(layers) for name, rows, columns in parts]
    return [("token_embd.weight", tokens, width), ("output.weight", tokens, width), *blocks]
