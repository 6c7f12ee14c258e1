"""Invented people whose claims are known, and the layouts they are written in."""
