"""Document forensics for job applications: evidence, not a verdict."""

__version__ = "0.1.0"
