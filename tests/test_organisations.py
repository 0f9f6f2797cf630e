"""Whether two names are one organisation's, and which short forms stand for which long ones."""

import pytest

from onrecord.linking import same_organisation
from onrecord.linking.forms import join_forms


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sund Shipping Ltd.", "Sund Shipping Limited"),
        ("Vessel Steel Aktiengesellschaft", "VESSEL STEEL AG"),
        ("The Lake Bank", "Lake Bank"),
        ("Procter & Vale Co.", "Procter and Vale"),
        ("First Border Brigade", "1st Border Brigade"),
        ("LCO", "Lake Compact Organisation"),
        ("Bank of the Two Rivers", "Bank of Two Rivers"),
    ],
)
def test_forms_of_one_name_match(a: str, b: str) -> None:
    """What says only the legal form, an article, an ampersand and figures for words say nothing."""
    assert same_organisation(a, b).match and same_organisation(b, a).match


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Brigade 44", "Brigade 45"),
        ("Sund Shipping", "Sund Fishing"),
        ("Lake Compact Organisation", "Lake Bank"),
        ("Two Rivers Fund III", "Two Rivers Fund IV"),
        ("", "Lake Bank"),
    ],
)
def test_different_organisations_stay_apart(a: str, b: str) -> None:
    """A number or a word of its own is another organisation."""
    assert not same_organisation(a, b).match and not same_organisation(b, a).match


def test_a_short_form_joins_the_only_long_one_beside_it() -> None:
    """An acronym and a shortened name, where one article prints both."""
    printed = {
        "Lake Compact Organisation": ["a"],
        "LCO": ["a", "b"],
        "China Eastern": ["c"],
        "China Eastern Airlines": ["c"],
    }
    stands = join_forms(printed)
    assert stands["LCO"] == "Lake Compact Organisation"
    assert stands["China Eastern"] == "China Eastern Airlines"


def test_a_short_form_of_two_joins_neither() -> None:
    """ "Lake" may be the bank or the compact."""
    stands = join_forms({"Lake": ["a"], "Lake Bank": ["a"], "Lake Compact": ["a"]})
    assert stands["Lake"] == "Lake"


def test_the_result_does_not_hang_on_the_order() -> None:
    """The same names give the same forms whatever comes first."""
    printed = {"Ford": ["a"], "Ford Motor Company": ["a", "b"], "Ford Motors Co.": ["b"]}
    assert join_forms(printed) == join_forms(dict(reversed(printed.items())))
