"""Invented histories, honest and impossible ones, as texts: the recipe of bench_claims.py."""
