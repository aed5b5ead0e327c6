"""Exports of phone and watch apps, read by content and cleaned: from files to a `MotionLog`, without any network."""

__all__: list[str] = []
