"""Judges against judges: our rules and the published ones over one set of labelled runs."""
