"""Logs a test in at the office, whatever way people log in by."""

from flask import Flask, g

from catalogue.domain.access import Role
from catalogue.web.office_frame import SECTIONS, LoggedIn

_ELSEWHERE = (*(endpoint for endpoint, _, _ in SECTIONS), "pages.login", "pages.logout")


def log_in_as(app: Flask, role: Role) -> None:
    """From now on every request of this application comes from an account of this role, number 7."""

    def enter_the_office() -> None:
        g.logged_in = LoggedIn(account=7, login="amt", name="Amt", role=role, mark="mark")
        g.login_mark = "mark"

    for endpoint in _ELSEWHERE:
        if endpoint not in app.view_functions:  # a test of one page needs no others
            app._got_first_request = False  # Flask wants to know all addresses before
            app.add_url_rule(f"/<lang>/{endpoint}", endpoint, lambda lang: "")
    app.before_request_funcs.setdefault("pages", []).append(enter_the_office)


def log_out(app: Flask) -> None:
    """Nobody is logged in any more."""
    hooks = app.before_request_funcs.get("pages", [])
    hooks[:] = [hook for hook in hooks if getattr(hook, "__name__", "") != "enter_the_office"]
