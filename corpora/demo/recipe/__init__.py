"""How the demo corpus is made: texts in TOML, layouts here, one function a layout."""
