"""What is remembered: `tables` says how it lies in the database, `store` what can be done with it.

Imports nothing of the bot, and of the pipeline only its values.
"""
