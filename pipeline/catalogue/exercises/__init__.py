"""The catalogue's data: one TOML file an exercise; the file's name is the exercise's slug. See README.md beside."""
