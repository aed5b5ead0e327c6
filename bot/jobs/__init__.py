"""A message with media becomes a durable job, and the job one answer: taken in, fetched, analysed, told."""
