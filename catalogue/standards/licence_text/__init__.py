"""Which licence a text is: compared with all texts of SPDX's list, or read from a short statement."""
