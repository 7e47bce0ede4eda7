"""What spellings of one name have in common: E02, E03, E06."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from measurement.names import KEY_LIMIT, likeness, match_key, spelled

NAMES = st.text(max_size=60)
WORDS = st.lists(st.sampled_from(["Mohamed", "Salih", "bin", "da", "Silva", "محمد", "Li", "N’Guessan"]), max_size=5)


@pytest.mark.parametrize(
    "names",
    [
        ("Mohammed Saleh", "Mohamed Salih", "MUHAMMAD SALEH", "Saleh, Mohamad", "محمد صالح", "Мухаммед Салех"),
        ("Abdul Rahman", "Abdulrahman", "Abderrahmane", "Abd al-Rahman", "Abdel-Rahman", "عبد الرحمن", "عبدالرحمن"),
        ("Rana Al-Ali", "Rana Ali", "رنا العلي"),
        ("Youssef Hadad", "Yusuf Haddad", "يوسف الحداد"),
        ("Aïcha Chérif", "Aisha Sherif", "عائشة شريف"),
        ("Nguyễn Văn Anh", "NGUYEN Van Anh"),
        ("Adjoua N’Guessan", "Adjoua N'Guessan", "Adjoua Nguessan"),
        ("Ольга Щербакова", "Olga Shcherbakova"),
    ],
)
def test_e06_spellings_of_one_name_have_one_key(names):
    assert {match_key(name) for name in names} == {match_key(names[0])}
    assert min(likeness(names[0], name) for name in names) >= 93


def test_e02_keys_as_they_are_written():
    assert match_key("Mohammed bin Saleh") == "bn mhmd sl"
    assert match_key("Ana da Silva") == "d n slv"
    assert match_key("王晓明", "WANG Xiaoming") == "ngksmng|ksmng ng"
    assert match_key("Suharyanto", "SUHARYANTO") == "shrnt"
    assert match_key("...") == "-"


def test_e02_words_in_any_order_and_parted_in_any_way():
    assert spelled("da Silva, Ángel") == ("angel", "da", "silva")
    assert likeness("Wang Xiaoming", "XIAOMING Wang") == 100
    assert likeness("欧阳丽华", "Ouyang Lihua") == 90


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Maria Santos", "Maria Clara Santos", 80, 90),
        ("Jon Smith", "John Smith", 93, 99),
        ("Sara Lindqvist", "Sarah Lindkvist", 93, 99),
        ("Ali", "Lee", 0, 70),
        ("Omar Haddad", "Samir Khoury", 0, 59),
        ("Nguyen Van A", "Nguyen Van B", 80, 99),
        ("123", "124", 0, 0),
    ],
)
def test_how_alike_names_are(one, other, least, most):
    assert least <= likeness(one, other) <= most


@given(NAMES, NAMES)
@example("123", "123")
def test_likeness_is_symmetric_and_within_a_hundred(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 100
    assert likeness(one, one) == 100


@given(WORDS, st.randoms(use_true_random=False))
def test_the_order_of_words_is_irrelevant(words, chance):
    mixed = list(words)
    chance.shuffle(mixed)
    assert match_key(" ".join(mixed)) == match_key(" ".join(words))
    assert likeness(" ".join(mixed), " ".join(words)) == 100 or not words


@given(st.text(), st.text())
def test_there_is_always_a_key_that_fits_its_column(name, passport_name):
    assert 1 <= len(match_key(name, passport_name)) <= KEY_LIMIT
