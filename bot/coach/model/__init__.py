"""Whatever writes sentences for the coach: the seam, the prompt, a server, a scripted double, the line before it."""
