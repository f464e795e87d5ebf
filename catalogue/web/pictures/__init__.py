"""Pictures as SVG, made on the server: pure functions from values to shapes."""
