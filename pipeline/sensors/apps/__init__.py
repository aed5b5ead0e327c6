"""One reader an app: each says of a table whether it wrote it, and which sensors stand in it."""

__all__: list[str] = []
