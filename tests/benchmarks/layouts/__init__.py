"""Layouts of résumés with known text, rendered by many writers: what bench_reading.py reads back."""
