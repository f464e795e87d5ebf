"""After a change of reports: what makes it seen, and what sends the mails that belong to it."""

from collections.abc import Collection

from flask import current_app


def reuse_changed(solutions: Collection[str]) -> None:
    """Publish what is now known of the reuse of these solutions, and deliver what waits in the outbox.

    To be called after the transaction that changed it. Trouble is logged; the worker tries again.
    """
    for told in current_app.extensions.get("reuse_changed", ()):
        told(solutions)


def deliver_soon() -> None:
    """Deliver what waits in the outbox, in the background. To be called after the transaction."""
    for told in current_app.extensions.get("deliver_soon", ()):
        told()
