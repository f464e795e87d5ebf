"""Checking a whole entries folder."""

import os
from pathlib import Path

import pytest
from builders import REGISTER, TODAY, a_reuse, an_entries_folder, as_file, as_yaml, some_fields

from catalogue.services.check import MOST_SUGGESTIONS, check_folder

MAIN = [{"address": "https://github.com/halle/hal-plan", "role": "main"}]


def check(folder, extra=()):
    return check_folder(folder, REGISTER, today=TODAY, extra=extra)


def said(checked):
    return [(os.path.basename(problem.file), problem.code) for problem in checked.problems]


def test_a_good_folder_has_no_problems(tmp_path):
    checked = check(an_entries_folder(tmp_path))

    assert checked.problems == ()
    assert checked.bad_ids == frozenset()
    assert checked.bad_lists == frozenset()


def test_all_problems_of_all_files_are_found_at_once_and_sorted(tmp_path):
    folder = an_entries_folder(
        tmp_path, b=as_file(name="", kind="xyz"), a=as_file(topics=["xyz"]), c="---\nname: A\n"
    )
    (folder / "organisations.yml").write_text(as_yaml({"x": {"name": "X", "kind": "xyz"}}))

    checked = check(folder)

    assert said(checked) == [
        ("organisations.yml", "choice-unknown"),
        ("a.md", "topic-unknown"),
        ("b.md", "field-empty"),
        ("b.md", "choice-unknown"),
        ("c.md", "front-matter-open"),
    ]
    assert checked.bad_ids == {"a", "b", "c"}
    assert checked.bad_lists == {"organisation"}


def test_a_remark_makes_no_entry_bad(tmp_path):
    checked = check(an_entries_folder(tmp_path, a=as_file(homepage="http://example.org/")))

    assert said(checked) == [("a.md", "address-http")]
    assert checked.bad_ids == frozenset()


def test_an_entry_may_refer_to_one_that_cannot_be_read(tmp_path):
    checked = check(an_entries_folder(tmp_path, a=as_file(based_on=["b"]), b="broken"))

    assert said(checked) == [("b.md", "front-matter-missing")]


def test_a_member_of_an_organisation_may_be_another_organisation(tmp_path):
    folder = an_entries_folder(tmp_path)
    items = {
        "a": {"name": "A", "kind": "association", "members": ["b", "15002000"]},
        "b": {"name": "B", "kind": "company"},
    }
    (folder / "organisations.yml").write_text(as_yaml(items))

    assert check(folder).problems == ()


def test_two_entries_that_claim_one_main_repository_are_both_kept_out(tmp_path):
    folder = an_entries_folder(tmp_path, aaa=as_file(repositories=MAIN), zzz=as_file(repositories=MAIN))

    checked = check(folder)

    assert said(checked) == [("aaa.md", "repository-double"), ("zzz.md", "repository-double")]
    assert checked.bad_ids == {"aaa", "zzz"}


def test_two_links_on_one_line_are_two_problems_and_repeated_tags_one(tmp_path):
    text = "[a](ftp://a.de/) [b](ftp://b.de/) [a](ftp://a.de/) <b>c</b> <b>d</b>"

    problems = check(an_entries_folder(tmp_path, a=as_file(text=text))).problems

    assert [(p.code, p.facts["value"]) for p in problems] == [
        ("address-scheme", "ftp://a.de/"),
        ("address-scheme", "ftp://b.de/"),
        ("text-html", "<b>"),
    ]


def test_a_file_of_elsewhere_is_judged_as_if_it_stood_in_the_folder(tmp_path):
    folder = an_entries_folder(tmp_path / "entries", other=as_file(repositories=MAIN))
    new = tmp_path / "new.md"
    new.write_text(as_file(repositories=MAIN, based_on=["hal-plan", "new"], reuses=[a_reuse("kielregion")]))

    checked = check(folder, extra=[new])

    assert sorted((Path(p.file).name, p.code) for p in checked.problems if p.file == str(new)) == [
        ("new.md", "repository-double"),
        ("new.md", "self-reference"),
    ]


def test_a_file_of_elsewhere_takes_the_place_of_the_entry_with_its_id(tmp_path):
    folder = an_entries_folder(tmp_path / "entries", a=as_file(repositories=MAIN))
    newer = tmp_path / "a.md"
    newer.write_text(as_file(repositories=MAIN, name="Neu"))

    checked = check(folder, extra=[newer])

    assert checked.problems == ()
    assert [entry.fields["name"] for entry in checked.folder.entries if entry.id == "a"] == ["Neu"]


def test_a_list_of_elsewhere_takes_the_place_of_the_own_one(tmp_path):
    folder = an_entries_folder(tmp_path / "entries", a=as_file(topics=["energy"]))
    topics = tmp_path / "topics.yml"
    topics.write_text(as_yaml({"energy": {"de": "Energie"}, "digital-twin": {"de": "D", "en": "D"}}))

    checked = check(folder, extra=[topics])

    assert [(p.file, p.field, p.code) for p in checked.problems] == [
        (str(topics), "energy.en", "field-missing")
    ]


def test_words_of_synonyms_are_compared_as_the_search_does(tmp_path):
    folder = an_entries_folder(tmp_path)
    evidence = [{"source": "Sprachgebrauch"}]
    groups = {
        "a": {"words": ["Bürger-Büro", "Bürgeramt"], "evidence": evidence},
        "b": {"words": ["buerger büro", "x y"], "evidence": evidence},
    }
    (folder / "synonyms.yml").write_text(as_yaml(groups))

    checked = check(folder)

    (problem,) = checked.problems
    assert (problem.line, problem.field, problem.code) == (2, "b.words[0]", "word-taken")
    assert (problem.facts["other"], problem.facts["first"]) == ("a", "1")
    assert checked.bad_lists == {"synonym"}
    assert checked.bad_ids == frozenset()


def test_a_file_of_the_folder_is_not_checked_twice(tmp_path):
    folder = an_entries_folder(tmp_path / "entries", a=as_file(name=""))

    checked = check(folder, extra=[folder / "solutions" / "a.md", folder / "topics.yml"])

    assert said(checked) == [("a.md", "field-empty")]


@pytest.mark.parametrize("name", ["a.yml", "a.yaml"])
def test_a_plain_yaml_file_is_an_entry(tmp_path, name):
    folder = an_entries_folder(tmp_path)
    (folder / "solutions" / name).write_text(as_yaml(some_fields(text="<b>Text</b>", nmae="x")))

    assert said(check(folder)) == [(name, "text-html"), (name, "field-unknown-near")]


def test_the_names_of_files_may_be_anything(tmp_path):
    folder = an_entries_folder(tmp_path)
    for name in (b"\xff.md", b"a\nb.md", b"\x1b[2J.md"):
        with open(os.path.join(os.fsencode(folder / "solutions"), name), "w") as stream:
            stream.write(as_file())

    assert {code for _, code in said(check(folder))} == {"id-form"}


def test_one_file_full_of_wrong_names_takes_no_suggestion_from_the_others(tmp_path):
    many = [a_reuse(f"Madgeburg {number}") for number in range(MOST_SUGGESTIONS + 5)]
    folder = an_entries_folder(tmp_path, a=as_file(reuses=many), b=as_file(reuses=[a_reuse("Madgeburg")]))

    assert ("b.md", "body-name") in said(check(folder))


def test_what_lies_beside_the_lists_and_looks_like_an_entry_is_a_problem(tmp_path):
    folder = an_entries_folder(tmp_path)
    for name in ("a.md", "topics.yaml", "README.md", "schema.json", ".hidden.md", "topics.yml.license"):
        (folder / name).write_text(as_file())

    assert said(check(folder)) == [("a.md", "file-place"), ("topics.yaml", "file-place")]


def test_a_missing_list_is_said_once_and_keeps_out_the_entries_that_refer_to_it(tmp_path):
    folder = an_entries_folder(tmp_path, a=as_file(model_projects=["halle"]), b=as_file())
    (folder / "topics.yml").unlink()

    checked = check(folder)

    assert said(checked) == [("topics.yml", "file-absent-here")]
    assert checked.bad_ids == {"a", "b", "hal-plan"}


def test_a_link_that_leads_to_itself_is_a_problem_wherever_it_lies(tmp_path):
    folder = an_entries_folder(tmp_path / "entries")
    (folder / "solutions" / "a.md").symlink_to("a.md")
    elsewhere = tmp_path / "b.md"
    elsewhere.symlink_to("b.md")

    found = said(check(folder, extra=[folder / "solutions" / "a.md", elsewhere]))

    assert [name for name, _ in found] == ["b.md", "a.md"]
