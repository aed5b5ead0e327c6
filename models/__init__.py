"""What is remembered: `models.store.open_store` opens it, `models.tables` says what the rows are."""

__all__: list[str] = []
