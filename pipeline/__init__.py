"""Measurement: from a clip, a sensor log or a photo to a report. No Telegram, database, asyncio or language model here.

Begin with `pipeline.analyze`: the whole way from a file to a `SetReport`. `pipeline.values` holds the types that are
passed along, `pipeline.errors` the reasons why no report is possible, `pipeline.catalogue` what every exercise is.
Nothing is re-exported here: importing `pipeline.values` must stay light; networks are loaded where they are used.
"""

__all__: list[str] = []
