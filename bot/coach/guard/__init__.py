"""Nothing is shown that the facts do not bear out: each sentence is judged whole. `guard.Guard` is the judge."""
