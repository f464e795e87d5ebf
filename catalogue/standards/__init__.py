"""Rules that others wrote: publiccode.yml, SPDX, official keys, addresses; pure."""
