"""Neighbours → Findings: one file for each question people ask."""
