"""Whether the register in a folder was written since somebody looked."""

from pathlib import Path

from builders import REGISTER

from catalogue.storage.register import register_stamp, save_register


def test_the_stamp_is_the_same_until_the_register_is_saved_again(tmp_path: Path) -> None:
    save_register(tmp_path, REGISTER, "# Source\n")
    before = register_stamp(tmp_path)

    assert register_stamp(tmp_path) == before
    save_register(tmp_path, REGISTER, "# Source\n")
    assert register_stamp(tmp_path) != before


def test_a_register_that_is_put_where_none_was_is_noticed(tmp_path: Path) -> None:
    before = register_stamp(tmp_path)
    save_register(tmp_path, REGISTER, "# Source\n")

    assert register_stamp(tmp_path) != before
