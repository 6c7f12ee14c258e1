"""The commands, a file for each thing a person comes for; cli.py puts them together."""
