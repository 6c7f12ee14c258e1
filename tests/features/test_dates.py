from itertools import pairwise

import pytest

from forensics.features.dates import find_dates

DATES = {
    "Jan 2019 - Present": "2019-01/present",
    "January 2019 — May 2021": "2019-01/2021-05",
    "12/2014-03/2016": "2014-12/2016-03",
    "03/2019 – 05/2021": "2019-03/2021-05",
    "3/15/2019": "2019-03",
    "03/19 – 05/21": "2019-03/2021-05",
    "2018-2020": "2018/2020",
    "2018–21": "2018/2021",
    "2018/19": "2018/2019",
    "2017/2018": "2017/2018",
    "2019-03": "2019-03",
    "2019-03-15": "2019-03",
    "2019/03 - 2020/04": "2019-03/2020-04",
    "March 15, 2020": "2020-03",
    "15th March, 2020": "2020-03",
    "Summer 2018": "2018",
    "Fall '19": "2019",
    "Sommer 2010": "2010",
    "printemps 2018 – automne 2019": "2018/2019",
    "Q3 2020 to Q1 2021": "2020/2021",
    "Jan'19 – Mar'21": "2019-01/2021-03",
    "Jan-19 - Mar-21": "2019-01/2021-03",
    "Jan 19 – Present": "2019-01/present",
    "May 2019 to date": "2019-05/present",
    "2019 - Till date": "2019/present",
    "June - August 2017": "2017-06/2017-08",
    "Sept. 2019": "2019-09",
    "2019년 3월 ~ 2021년 5월": "2019-03/2021-05",
    "2019.03 ~ 2021.05": "2019-03/2021-05",
    "2019年4月": "2019-04",
    "01.10.2019 - heute": "2019-10/present",
    "März 2015 bis Juni 2018": "2015-03/2018-06",
    "déc. 2019 à mars 2020": "2019-12/2020-03",
    "enero de 2018 – actualidad": "2018-01/present",
    "Jan. 2019 –\nPresent": "2019-01/present",
}

NO_DATES = [
    "(212) 555-2012",
    "212.555.2015",
    "Served 2000 customers",
    "ISBN 978-0-306-40615-7",
    "version 3.2019",
    "$2000",
    "10001-2012",
    "24/7 support",
    "2048-bit keys of 20190 users",
    "worked on 1999.5 items",
    "Room 2015B",
]


@pytest.mark.parametrize("text", DATES)
def test_a_date_alone_and_in_a_line(text):
    assert [(text[d.start : d.end], d.value) for d in find_dates(text)] == [(text, DATES[text])]
    line = f"Brightwater Systems | Engineer | {text}\nBuilt things"
    found = find_dates(line)
    assert [d.value for d in found] == [DATES[text]]
    assert line[found[0].start : found[0].end] == text


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date(text):
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Working there since 2018 as lead", "2018/present"),
        ("Since March 2018, lead", "2018-03/present"),
        ("B.S., Northfield University, 2014", "2014"),
        ("Class of 2014", "2014"),
        ("graduated in 2014 with honours", "2014"),
        ("(2014)", "2014"),
    ],
)
def test_the_words_around_a_year(text, value):
    assert [d.value for d in find_dates(text)] == [value]


def test_dates_do_not_overlap_and_keep_order():
    text = "Jan 2019 - Mar 2020, 2018-2020, 2012, 2014\n03/2019 – 05/2021 and Summer 2018\n" * 5
    found = find_dates(text)
    assert len(found) == 30
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("11/2019 – bis heute", "2019-11/present"),
        ("10/2019 - laufend", "2019-10/present"),
        ("février 2019 - en cours", "2019-02/present"),
        ("gen. 2019 – dic. 2020", "2019-01/2020-12"),
        ("dal 2019 al 2021", "2019/2021"),
        ("2019 tot 2021", "2019/2021"),
        ("03/2019 até 04/2021", "2019-03/2021-04"),
        ("2019 hasta la fecha", "2019/present"),
    ],
)
def test_ranges_in_other_languages(written: str, value: str) -> None:
    assert [one.value for one in find_dates(written)] == [value]
