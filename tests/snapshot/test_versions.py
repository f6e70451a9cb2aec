from itertools import pairwise

from qops.snapshot.versions import precedence

ORDER = """v1.0.0-alpha v1.0.0-alpha.1 v1.0.0-alpha.beta v1.0.0-beta v1.0.0-beta.2 v1.0.0-beta.11 v1.0.0-rc.1 v1.0.0
v1.0.1 v1.2.0 v1.10.0 v2.0.0""".split()
NO_VERSIONS = ["v1", "v1.2", "v01.2.3", "v1.2.3-", "v1.2.3-01", "1.2.3.4", "latest", "", "v1.2.3-rc..1"]


def test_the_order_of_the_specification() -> None:
    """Section 11 of Semantic Versioning 2.0.0 lists this very order of pre-releases."""
    assert all(precedence(left) < precedence(right) for left, right in pairwise(ORDER))


def test_build_metadata_and_the_v_have_no_precedence() -> None:
    assert precedence("v1.0.0+a") == precedence("1.0.0+b") == precedence("v1.0.0")


def test_what_is_no_version() -> None:
    assert [tag for tag in NO_VERSIONS if precedence(tag) is not None] == []
