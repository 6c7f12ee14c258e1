"""Résumé templates of our own, filled by invented people through several writers: for bench_templates.py."""
