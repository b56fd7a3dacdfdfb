"""Which words a reader gets, in which language, and whether they are current."""
