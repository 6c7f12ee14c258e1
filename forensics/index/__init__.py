"""Features → neighbours."""
