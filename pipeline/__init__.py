"""Pure measurement: from a clip to a report, knowing no Telegram, no database, no asyncio and no language model.

Begin with `pipeline.analyze`: one straight line from the file to the `SetReport`. `pipeline.values` holds the types
that flow, `pipeline.errors` why no report is possible, `pipeline.catalogue` what every exercise is. Nothing is
re-exported here: importing `pipeline.values` must stay light, the networks load where they are used.
"""

__all__: list[str] = []
