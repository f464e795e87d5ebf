"""The progress bar of commands that take long enough to wonder about."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


def progress_bar(total: int, *, least: int, console: Console) -> Progress:
    """A bar on a terminal for `least` items or more; silent elsewhere, and gone when it is done."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    return Progress(
        *columns,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=total < least or not console.is_terminal,
    )
