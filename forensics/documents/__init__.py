"""File → Document."""
