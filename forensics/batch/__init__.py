"""Where many files run."""
