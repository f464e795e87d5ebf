"""The office's page of subscriptions: by solution, number and channel, without addresses; to stop one."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from catalogue.domain.access import Right
from catalogue.services.subscribing import listed, stop_by_office
from catalogue.standards.text import whole_number
from catalogue.web.addresses import page_in_address
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue
from catalogue.web.forms import make_ticket
from catalogue.web.office_desk import PURPOSE, own_ticket, reason_in_form
from catalogue.web.office_frame import account, needs
from catalogue.web.office_words import day
from catalogue.web.outbox import CHANNEL
from catalogue.web.shapes import page_links

PAGE = 50


@pages.get("/office/subscriptions")
@needs(Right.REVOKE)
def office_subscriptions() -> ResponseReturnValue:
    """All subscriptions."""
    page = page_in_address()
    total, found, names = listed(catalogue().store, offset=(page - 1) * PAGE, limit=PAGE)
    return render_template(
        "office/subscriptions.html",
        rows=[
            {
                "number": one.number,
                "solution": names.get(one.solution, one.solution),
                "url": url_for("pages.solution", key=one.solution) if one.solution in names else "",
                "channel": str(CHANNEL[one.channel.value]),
                "is_active": one.is_active,
                "made": day(made),
            }
            for one, made in found
        ],
        total=total,
        pages=page_links(total, page, _address, PAGE),
        notice={
            "yes": gettext("Das Abonnement ist beendet."),
            "no": gettext("Dieses Abonnement gibt es nicht mehr."),
        }.get(request.args.get("done", ""), ""),
        ticket=make_ticket(PURPOSE),
        noindex=True,
    )


@pages.post("/office/subscriptions")
@needs(Right.REVOKE)
def stop_office_subscription() -> ResponseReturnValue:
    """Stop one: nothing more is sent, and its addresses are forgotten."""
    own_ticket()
    number = whole_number(request.form.get("number", ""))
    if number is None:
        raise NotFound
    known = catalogue()
    done = stop_by_office(
        known.store, int(number), actor=account().actor, reason=reason_in_form(), now=known.now()
    )
    return redirect(url_for("pages.office_subscriptions", done="yes" if done else "no"), 303)


def _address(page: int) -> str:
    return url_for("pages.office_subscriptions", page=page if page > 1 else None)
