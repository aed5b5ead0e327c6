"""Before everything else: what a coach must leave to others gets a fixed, kind reply. `gate.check` is the way in."""
