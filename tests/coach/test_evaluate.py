"""spotter evaluate-coach: the figures of the rules, of the gate, of a model that lies, and of a model's file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.coach.evaluation import asked, measure
from tests.coach.tiny_model import write_tiny_model


@pytest.mark.slow
def test_the_figures_are_printed_for_the_rules_and_for_a_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPOTTER_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(measure, "names", lambda kind: (f"{kind}_third.txt",))  # one list of each kind, for speed
    monkeypatch.setattr(asked, "names", lambda kind: (f"{kind}_third.txt",))
    model = write_tiny_model(tmp_path / "tiny.gguf")
    assert main(["evaluate-coach", "--model", str(model), "--limit", "2", "--turns", "5", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["questions_third"]["questions"] >= 100
    assert figures["questions_third"]["right"] >= 0.95 * figures["questions_third"]["questions"]
    assert figures["questions_third"]["unsupported"] == 0
    assert figures["questions_third"]["median_ms"] < 100
    assert figures["gate"]["caught"] == figures["gate"]["acute"] > 50
    assert figures["gate"]["tripped"] <= 0.01 * figures["gate"]["ordinary"]
    assert figures["lies"]["shown"] == 0
    assert figures["model"]["questions"] == 2
    assert figures["model"]["unsupported"] == 0
    assert figures["model"]["first_piece_s"] > 0
    assert 0 < figures["speed"]["warm_s"] < figures["speed"]["cold_s"] + 1
    assert figures["speed"]["bare_per_s"] > 0
    assert figures["speed"]["share"] > 0


def test_a_model_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate-coach", "--model", "nowhere.gguf"]) == 2
    assert "nowhere.gguf: no such file" in capsys.readouterr().err
