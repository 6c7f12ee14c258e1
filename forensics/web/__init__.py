"""The web application: what a reviewer opens in a browser, and the same answers as JSON."""
