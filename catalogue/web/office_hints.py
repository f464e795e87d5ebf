"""The office's page of a hint: what a reader says, and closing it."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import Forbidden, NotFound

from catalogue.domain.access import Right, may
from catalogue.services import hints
from catalogue.services.hints import HintClosed, HintState
from catalogue.web import labels
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue
from catalogue.web.forms import make_ticket, read_ticket, require_own_form
from catalogue.web.hint_form import hint_shape
from catalogue.web.office_frame import account, needs
from catalogue.web.office_words import moment

_PURPOSE = "office hint"
_LONGEST_REASON = 500
_STATES: Mapping[str, object] = {
    HintState.OPEN: lazy_gettext("offen"),
    HintState.DONE: lazy_gettext("erledigt"),
    HintState.DISMISSED: lazy_gettext("verworfen"),
}


@pages.get("/office/hints/<int(max=2147483647):number>")
@needs(Right.SEE_WORK)
def office_hint(number: int) -> ResponseReturnValue:
    """A hint with all that was said; the mail address only for whoever may see it."""
    found = catalogue().store.hints.find(number)
    if found is None:
        raise NotFound
    role = account().role
    return render_template(
        "office/hint.html",
        hint=hint_shape(found),
        made=moment(found.made),
        state_label=labels.word(_STATES, found.state),
        is_open=found.state is HintState.OPEN,
        email=found.email if may(role, Right.SEE_MAIL) else "",
        wants_answer=bool(found.email),
        may_close=may(role, Right.DECIDE),
        is_late=request.args.get("late") == "1",
        is_done=request.args.get("done") == "1" and found.state is not HintState.OPEN,
        ticket=make_ticket(_PURPOSE),
        longest_reason=_LONGEST_REASON,
        noindex=True,
    )


@pages.post("/office/hints/<int(max=2147483647):number>")
@needs(Right.DECIDE)
def close_hint(number: int) -> ResponseReturnValue:
    """Close a hint as done or dismissed."""
    require_own_form()
    if read_ticket(_PURPOSE) is None:
        raise Forbidden
    wanted = request.form.get("state", "")
    reason = " ".join(request.form.get("reason", "").split())[:_LONGEST_REASON]
    if wanted not in (HintState.DONE, HintState.DISMISSED):
        raise Forbidden(gettext("Das geht hier nicht."))
    try:
        hints.close(catalogue(), number, HintState(wanted), actor=account().actor, reason=reason)
    except HintClosed:
        return redirect(url_for("pages.office_hint", number=number, late=1), 303)
    return redirect(url_for("pages.office_hint", number=number, done=1), 303)
