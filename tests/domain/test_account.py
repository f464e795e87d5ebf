import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.account import BadAccount, check_password, parse_login, parse_name


@pytest.mark.parametrize("text", ["anna", "  Anna ", "a", "a.b-c_d9", "a" * 32])
def test_a_login_name_is_kept_in_small_letters(text: str) -> None:
    assert parse_login(text) == text.strip().lower()


@pytest.mark.parametrize(
    "text",
    ["", " ", "anna@stadt.example", "an na", ".anna", "anna-", "ännä", "a" * 33, "anna\n\nx", "<b>", "a/b"],
)
def test_what_is_no_login_name_is_refused(text: str) -> None:
    with pytest.raises(BadAccount) as refused:
        parse_login(text)

    assert refused.value.code == "login"


@pytest.mark.parametrize("text", ["", " \n ", "x" * 81, "a@b.example", "Anna\u202eanna", "An\x00na"])
def test_a_name_is_one_readable_line_and_no_mail_address(text: str) -> None:
    with pytest.raises(BadAccount):
        parse_name(text)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("elf Zeichen", "short"),
        ("x" * 201, "long"),
        ("anna-maier-9", "login-in-it"),  # the login and one digit
        ("Anna.Maier_2026", "login-in-it"),
        ("Passwort-1234", "common"),
        ("1234 5678 9012", "common"),
        ("Nachnutzungskatalog", "common"),
        ("aaaaaaaaaaaaaaaa", "common"),  # one letter is no password however often
        ("ababababababab!!", "common"),
    ],
)
def test_a_password_that_would_be_guessed_is_refused(password: str, code: str) -> None:
    with pytest.raises(BadAccount) as refused:
        check_password(password, "anna.maier")

    assert refused.value.code == code


@pytest.mark.parametrize("password", ["drei Bäume am Fluss", "xK9#mQ2$vL5@", "anna maier mag Erdbeeren"])
def test_a_long_password_is_taken_whatever_signs_it_has(password: str) -> None:
    check_password(password, "anna.maier")


@given(st.text(max_size=11))
def test_no_short_password_is_taken(password: str) -> None:
    with pytest.raises(BadAccount):
        check_password(password, "anna")
