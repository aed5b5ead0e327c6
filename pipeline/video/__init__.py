"""Video files: decode frames at a wanted rate, find hard cuts, encode frames again."""
