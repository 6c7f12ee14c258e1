"""Synthetic applications with known truth: honest people, honest look-alikes, and copies of many kinds.

The way of the data: a person (people) has a career (careers) in a trade (trades), says things about it
(wording, stock), in a document (document) of some look (layout). ``applicants`` makes the n-th applicant of
a seed, a pure function; ``copies`` makes thieves of them, ``honest`` makes look-alikes; ``corpus`` writes it
all to a folder. Nothing here is used by the product, and nothing of the product is used here.
"""
