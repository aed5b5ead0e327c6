"""Cut a recording into its sets."""
