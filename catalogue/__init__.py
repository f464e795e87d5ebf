"""The reuse catalogue: finds, judges and shows open-source solutions that municipalities can take over."""
