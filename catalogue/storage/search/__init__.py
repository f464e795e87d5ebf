"""The search: what a text means (words, stems, compounds), the index, how results are found and ranked."""
