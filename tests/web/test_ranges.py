"""Parts of files, as readers of PMTiles fetch them (RFC 9110 §14)."""

import pytest

FILE = "/exports/counties.pmtiles"


@pytest.fixture
def whole(client):
    return client.get(FILE)


def test_a_file_says_that_parts_may_be_fetched(client, whole):
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert client.head(FILE).headers["Accept-Ranges"] == "bytes"
    assert whole.data[:7] == b"PMTiles"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-126", 0, 126), ("bytes=127-300", 127, 300), ("bytes=-16", -16, -1), ("bytes=200-", 200, -1)],
)
def test_a_range_is_answered_by_that_part(client, whole, asked, first, last):
    length = len(whole.data)
    first, last = first % length, last % length
    part = client.get(FILE, headers={"Range": asked})
    assert part.status_code == 206
    assert part.headers["Content-Range"] == f"bytes {first}-{last}/{length}"
    assert int(part.headers["Content-Length"]) == last - first + 1
    assert part.data == whole.data[first : last + 1]
    assert part.headers["ETag"] == whole.headers["ETag"]


def test_a_part_is_never_compressed(client):
    part = client.get(FILE, headers={"Range": "bytes=0-99999", "Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in part.headers
    assert len(part.data) == 100_000


def test_a_range_behind_the_end_is_refused_with_the_length(client, whole):
    refused = client.get(FILE, headers={"Range": "bytes=99999999-"})
    assert refused.status_code == 416
    assert refused.headers["Content-Range"] == f"bytes */{len(whole.data)}"


def test_a_part_of_another_version_is_never_mixed_in(client, whole):
    same = {"Range": "bytes=0-9", "If-Range": whole.headers["ETag"]}
    other = {"Range": "bytes=0-9", "If-Range": '"another"'}
    assert client.get(FILE, headers=same).status_code == 206
    answered = client.get(FILE, headers=other)
    assert (answered.status_code, answered.data) == (200, whole.data)


@pytest.mark.parametrize("asked", ["bytes=0-1,5-9", "lines=0-1", "bytes=x-", "bytes=-", ""])
def test_what_is_no_single_range_of_bytes_is_answered_by_the_whole(client, whole, asked):
    answered = client.get(FILE, headers={"Range": asked})
    assert (answered.status_code, answered.data) == (200, whole.data)


def test_a_visitor_who_has_the_file_gets_no_part_of_it(client, whole):
    asked = {"Range": "bytes=0-9", "If-None-Match": whole.headers["ETag"]}
    assert client.get(FILE, headers=asked).status_code == 304


def test_other_files_come_whole(client):
    answered = client.get("/exports/counties.fgb", headers={"Range": "bytes=0-9"})
    assert answered.status_code == 200
    assert "Accept-Ranges" not in answered.headers
