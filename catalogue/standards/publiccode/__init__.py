"""publiccode.yml (version 0.7): its keys, its rules, and how to read files that break them; pure."""
