"""Where the measuring data lie, beside the checkout; tests that need them skip where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

needs_shared_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the measuring data are not beside this checkout")
