"""Every word of the bot's own messages, and of what people type in answer to them. No I/O."""
