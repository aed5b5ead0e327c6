"""What the `spotter` command can do, a file each: `add(subparsers)` describes it, heavy imports wait for the call."""
