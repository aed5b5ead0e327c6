"""Train and evaluate the recogniser of sensor logs."""
