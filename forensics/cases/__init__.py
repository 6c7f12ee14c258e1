"""Findings → Case → what a person reads."""
