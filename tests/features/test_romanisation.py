"""One skeleton for every romanisation of a Korean word, and different ones for different words."""

import pytest

from forensics.features.romanisation import plain, skeleton

SAME = [
    "Chaek Ch'aek Ch’aek Chaik Chaeck",
    "Choson Chosŏn Chosun Joseon Choseon",
    "Ryongnamsan Ryŏngnamsan Yongnamsan Lyongnamsan",
    "Pyongyang P'yŏngyang Pyeongyang Phyongyang Pyungyang",
    "Songgyungwan Sŏnggyun'gwan Seonggyungwan Sungkyunkwan",
    "Mangyongdae Man'gyŏngdae Mangyeongdae",
    "Huichon Hŭich'ŏn Huicheon",
    "Hamhung Hamhŭng Hamheung",
    "Rajin Najin",
    "Ryujong Yujong Ryujŏng Yujeong",
    "Geumpungri Kŭmp'ungri Kumpungri Kumphungri",
    "Kwahak Gwahak",
    "Kukpang Gukbang",
    "Unsong Ŭnsŏng Eunseong",
    "Kim Gim",
]
APART = [
    "Chosun Chonsurim",
    "Pyongyang Pyongsong",
    "Hamhung Huichon",
    "Rajin Rason",
    "Saenal Sinjin",
    "Songkwang Sinjin",
]


@pytest.mark.parametrize("words", SAME)
def test_romanisations_of_a_word_meet(words):
    assert len({skeleton(plain(word)) for word in words.split()}) == 1


@pytest.mark.parametrize("words", APART)
def test_different_words_stay_apart(words):
    assert len({skeleton(plain(word)) for word in words.split()}) == 2


def test_plain_takes_marks_and_apostrophes_and_leaves_other_scripts():
    assert plain("Hŭich'ŏn") == plain("HUICHON") == "huichon"
    assert plain("김책") == "김책" and skeleton("김책") == "김책"
    assert plain("Ｋｉｍ") == "kim"
