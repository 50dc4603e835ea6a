"""`tongcheng import titles`: the published list against our cases."""

import tomllib

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from geo.case import Rating, Source
from geo.catalogue.case_records import read_case_records
from geo.imports.titles import PublishedTitle, match_titles
from geo.imports.writing import with_ledger, with_publication
from geo.sources import Sources
from geo.text import toml_text
from tests.imports.conftest import contents

SOURCE = ["--source-title", "案例汇编", "--source-date", "2026-05"]
LIST = """序号,标题,组别
1,相向打造成德临港经济产业带,发展布局
2,开工建设市域铁路成都至资阳线（S3）,基础设施
3,完全不相干的题目,公共服务
6,稳定运行“跨市公交”,基础设施
"""


@pytest.fixture
def titles(run, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="gb18030")
    return lambda *args: run("titles", path, *SOURCE, *args)


def text_of(folder, case_id):
    return (folder / "cases" / f"{case_id}.toml").read_text(encoding="utf-8")


def test_titles_are_exact_close_or_none(titles):
    lines = titles("--dry-run").stdout.splitlines()
    assert lines[:8] == [
        "exact: 2",
        "  1 相向打造成德临港经济产业带 → A01 相向打造成德临港经济产业带 (1.00)",
        "  6 稳定运行“跨市公交” → B06 稳定运行跨市公交 (1.00)",
        "close, not written; say --match NUMBER=ID or --accept-close: 1",
        "  2 开工建设市域铁路成都至资阳线（S3） → B01 市域铁路成都至资阳线（S3）建设 (0.88)",
        "none: 1",
        "  3 完全不相干的题目",
        "of 100 titles: 4 in the list, 2 confirmed, 2 without a confirmed case",
    ]


def test_what_is_missing_of_the_100_is_told(titles):
    lines = titles().stdout.splitlines()
    assert "numbers that the list lacks: 4-5, 7-100" in lines
    assert "  基础设施: 7 official, 2 in the list, 1 confirmed" in lines
    assert "cases of ours that no title confirms: 13" in lines
    assert lines[-1] == "2 records changed; 0 were so before"


def test_only_what_is_confirmed_is_written_and_the_rest_of_its_file_remains(titles, mine):
    before = text_of(mine, "B06")
    titles()
    expected = (
        before.replace('membership = "named"', 'membership = "confirmed"')
        .replace('title_status = "descriptive"', 'title_status = "published"')
        .replace('zh = "稳定运行跨市公交"', 'zh = "稳定运行“跨市公交”"')
    )
    added = '\n[[sources]]\nid = "published-list"\ntitle = "案例汇编"\ndate = "2026-05"\nrating = "verified"\n'
    assert text_of(mine, "B06") == expected + added
    assert 'title_status = "descriptive"' in text_of(mine, "B01")


def test_what_is_written_holds_and_the_old_title_is_kept(titles, mine, area):
    titles()
    records = read_case_records(Sources(mine), cities=list(area.cities), counties=list(area.counties))
    case = next(case for case in records.cases if case.id == "B06")
    assert (case.membership, case.title_status) == ("confirmed", "published")
    ledger = tomllib.loads((mine / "ids" / "ledger.toml").read_text(encoding="utf-8"))
    assert ledger["B06"]["titles"] == ["稳定运行跨市公交", "稳定运行“跨市公交”"]


def test_twice_changes_nothing(titles, mine):
    titles()
    before = contents(mine)
    assert titles().stdout.splitlines()[-1] == "0 records changed; 2 were so before"
    assert contents(mine) == before


def test_a_close_title_is_written_only_when_somebody_says_so(titles, mine):
    titles("--match", "2=B01")
    assert 'title_status = "published"' in text_of(mine, "B01")
    assert 'zh = "开工建设市域铁路成都至资阳线（S3）"' in text_of(mine, "B01")


def test_all_close_titles_are_written_when_somebody_says_so(titles, mine):
    assert "close, taken: 1" in titles("--accept-close").stdout
    assert 'membership = "confirmed"' in text_of(mine, "B01")


def test_what_is_said_beats_what_is_alike(titles, mine):
    titles("--match", "2=B08", "--accept-close")
    assert 'membership = "confirmed"' in text_of(mine, "B08")
    assert 'membership = "confirmed"' not in text_of(mine, "B01")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--match", "9=B01"], "the list has no number 9"),
        (["--match", "2=Z01"], "'Z01' is no case; expected an id such as A01"),
        (["--match", "2=B01", "--match", "3=B01"], "B01 is said for several numbers"),
        (["--match", "3=A01"], "A01 has the title of number 1; leave this out, or say which case 1 is"),
        (["--match", "zwei=B01"], "expected a number of the list and the id of a case: 17=B05"),
        (["--match", "3=B08", "--match", "1=A08"], "'相向打造成德临港经济产业带' is a title of A01, not of A08"),
        (["--source-date", "May"], "expected YYYY, YYYY-MM or YYYY-MM-DD"),
        (["--source-url", "example.org"], "expected a web address"),
    ],
)
def test_what_is_said_wrongly_changes_nothing(titles, mine, args, told):
    before = contents(mine)
    result = titles(*args)
    assert told in f"{result.exception} {result.output}"
    assert contents(mine) == before


def test_a_case_gets_one_title_only(area):
    titles = [PublishedTitle(1, "旧题目", None), PublishedTitle(2, "新题目", None)]
    matches = match_titles(titles, area.records, {"A01": ["旧题目", "新题目"]}, {})
    assert [(match.how, match.case and match.case.id) for match in matches] == [("exact", "A01"), ("none", None)]


def test_the_source_of_the_list_is_required(run, tmp_path):
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    assert "Missing option '--source-title'" in run("titles", tmp_path / "list.csv").output


def test_all_problems_of_a_list_are_told(run, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("序号,标题,组别\n1,甲,商业\n1,乙,\n,丙,\n4,甲,\n五,丁,\n2.5,戊,\n7,,\n", encoding="utf-8")
    problems = run("titles", path, *SOURCE).exception.problems
    assert [problem.partition(";")[0] for problem in problems] == [
        "row 2, 组别: arrived '商业'",
        "row 3, 序号: arrived the number of row 2 again",
        "row 4, 序号: arrived nothing",
        "row 5, 标题: arrived the title of row 2 again",
        "row 6, 序号: arrived '五'",
        "row 7, 序号: arrived 2.5",
        "row 8, 标题: arrived nothing",
    ]


def test_a_list_in_another_group_is_told(run, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("序号,标题,组别\n1,相向打造成德临港经济产业带,生态环境\n", encoding="utf-8")
    assert "A01 has the theme layout, the list has it in ecology" in run("titles", path, *SOURCE).stderr


COMMENTED = """# above
id = "A01" # beside
membership = "named"   # why
title_status = 'descriptive'

[title]
# of the title
zh = '''甲'''

[[sources]]
id = "s1" # first
title = "甲"
# the end
"""


def test_comments_and_order_remain_in_a_record():
    new = with_publication(COMMENTED, title="乙", source=Source("published-list", "名单", Rating.VERIFIED, date="2026"))
    assert new == (
        '# above\nid = "A01" # beside\nmembership = "confirmed"   # why\ntitle_status = "published"\n\n'
        '[title]\n# of the title\nzh = "乙"\n\n[[sources]]\nid = "s1" # first\ntitle = "甲"\n# the end\n\n'
        '[[sources]]\nid = "published-list"\ntitle = "名单"\ndate = "2026"\nrating = "verified"\n'
    )


def test_sources_in_one_line_are_added_to():
    text = (
        'membership = "named"\ntitle_status = "descriptive"\n'
        'sources = [{ id = "s1", title = "甲" }]\ntitle = { zh = "甲" }\n'
    )
    new = with_publication(text, title="甲", source=Source("s1", "名单", Rating.VERIFIED, date="2026"))
    assert [source["id"] for source in tomllib.loads(new)["sources"]] == ["s1", "s1-2"]


def test_a_ledger_of_tables_is_added_to_above_them():
    text = '# ids\nA01 = { since = "2026", titles = ["甲"] }\n\n[A08]\nsince = "2026"\ntitles = ["乙"]\n'
    new = with_ledger(text, new=(), titles={"A08": "丙"})
    assert tomllib.loads(new)["A08"]["titles"] == ["乙", "丙"]
    assert new.startswith('# ids\nA01 = { since = "2026", titles = ["甲"] }\n')


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_back_from_toml(text):
    assert tomllib.loads(f"x = {toml_text(text)}\n")["x"] == text
    assert tomlkit.parse(f"x = {toml_text(text)}\n")["x"] == text
