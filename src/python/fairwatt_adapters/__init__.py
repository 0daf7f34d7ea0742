"""Adapters that run a fairness library in the user's own interpreter. They install nothing and send nothing anywhere."""
