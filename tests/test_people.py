"""Whether two names are one person's."""

import time

import pytest

import onrecord
from onrecord.linking import same_person


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sergey Ivashov", "Sergei Ivashov"),
        ("Segrgey Ivashov", "Sergei Ivashov"),
        ("Yens Halvorsen", "Jens Halvorsen"),
        ("Antony Blake", "Anthony Blake"),
        ("A. Berg", "Anna Berg"),
        ("Mr. Anna Maria Berg", "Anna Berg"),
        ("Li Wen", "Wen Li"),
        ("Élodie Marchand", "Elodie Marchand"),
        ("Volodymyr Zelenko", "Zelenko"),
        ("Volodymyr Zelenko", "Владимир Зеленко"),
        ("Sergei Ivashov", "Сергій Івашов"),
        ("IVASHOV, Sergei", "Сергей Викторович Ивашов"),
        ("Ivashov S.V.", "Sergej Iwaschow"),
        ("Salman Haddad", "سلمان حداد"),
        ("Abd al-Rahman Salim", "Abdelrahman Salim"),
        ("Li Wenhai", "李文海"),
        ("Kim Jong-su", "김종수"),
        ("Giorgos Petridis", "Γιώργος Πετρίδης"),
        ("Bob Thornbury", "Sir Robert Thornbury"),
        ("SergeiIvashov", "Sergei Ivashov"),
        ("Yoon Seok-ho", "Seok-ho Yoon"),
        ("Bapak Bagus Hadiwijaya", "Bagus Hadiwijaya"),
        ("von der Lohe", "Ursel von der Lohe"),
        ("bin Haddad", "Tariq bin Haddad"),
        ("al-Haddad", "Tariq al-Haddad"),
        ("Van Haarst", "Ludo van Haarst"),
        ("Ben Salem", "Karim Zine Ben Salem"),
        ("Tariq Bensalem", "Tariq Bin Salem"),
    ],
)
def test_spellings_of_one_name_match(a: str, b: str) -> None:
    """Transliterations, a typo, initials, a middle name, another order and accents leave one person one."""
    assert same_person(a, b).match and same_person(b, a).match


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Anna Berg", "Jon Berg"),
        ("Marta Berg", "Martin Berg"),
        ("Anna Berg", "Anna Borg"),
        ("Anna Berg", "Anna Lindqvist"),
        ("A. Berg", "Jon Berg"),
        ("", "Anna Berg"),
        ("Ivan Petrov", "Ivana Petrova"),
        ("Maria Petrova", "Marina Petrova"),
        ("Hassan Haddad", "حسين حداد"),
        ("Hassan Haddad", "Hassan Hadid"),
        ("Martin Jakob", "MARTIN, Jakob"),
        ("Jakob Martin", "MARTIN, Jakob Jr."),
        ("Saddam Hussein", "Qusay Saddam Hussein"),
        ("Zheng Wenli", "Zheng Wenlei"),
        ("Kim Jong-su", "김종호"),
        ("Takashi Nakamura", "Takeshi Nakamura"),
        ("Asta Lindgren", "Asta Lundgren"),
        ("Тома Бернар", "Бернар Тома"),
        ("Van Thornbury", "Anthony Thornbury"),
        ("Al Thornbury", "Kate Thornbury"),
        ("Le Duan", "Tran Duan"),
        ("Tariq Bensalem", "Tariq Salem"),
    ],
)
def test_different_people_stay_apart(a: str, b: str) -> None:
    """A shared surname or given name is not enough; a differing given name is a veto."""
    assert not same_person(a, b).match and not same_person(b, a).match


def test_a_verdict_says_why() -> None:
    """Every verdict carries its reason, and the public name of the function gives the same."""
    assert "given name" in same_person("Segrgey Ivashov", "Sergei Ivashov").why
    assert onrecord.same_person("Anna Berg", "Jon Berg") == same_person("Anna Berg", "Jon Berg")


def test_a_name_of_300_words_is_compared_in_no_time_and_joins_nobody() -> None:
    long = " ".join(f"Ivanov{number}" for number in range(300))
    begin = time.process_time()
    assert same_person(long, long).match
    assert not same_person(long, "Ivan Ivanov").match
    assert not same_person(long, " ".join(f"Petrov{number}" for number in range(300))).match
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("a", "b"), [("A", "B"), ("A", "Anna"), ("A. B.", "B. A. Chen"), ("", "Berg"), (" ", "."), ("—", "—")]
)
def test_names_of_one_letter_or_none_join_nobody(a: str, b: str) -> None:
    assert not same_person(a, b).match
