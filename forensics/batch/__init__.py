"""Where many files run: nothing here knows what is done with them."""
