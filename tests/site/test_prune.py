"""Rules that can match nothing go, all others stay."""

import pytest

from lossbook.site.prune import prune

USED = {"used", "also-used", "main"}


@pytest.mark.parametrize(
    "kept",
    [
        "p{color:red}",
        ".used{color:red}",
        "a.used > b{color:red}",
        "#main .also-used::before{color:red}",
        ".used:not(.unused){color:red}",
        ":is(.used,.unused) p{color:red}",
        "[data-theme=dark] p{color:red}",
        "@media (max-width:9px){.used{color:red}}",
        "@layer a,b;",
        "@keyframes turn{from{color:red}to{color:blue}}",
        '@font-face{font-family:"A";src:url(a.woff2)}',
    ],
)
def test_a_rule_for_what_is_there_stays(kept):
    assert prune(kept, USED).replace("\n", "") == kept


@pytest.mark.parametrize(
    "dropped",
    [
        ".unused{color:red}",
        "a.used.unused{color:red}",
        "#unused{color:red}",
        ".unused .used{color:red}",
        "@media (max-width:9px){.unused{color:red}}",
        '@charset "UTF-8";',
        '@import "other.css";',
        "/* a remark */",
    ],
)
def test_a_rule_for_what_is_not_there_goes(dropped):
    assert prune(dropped, USED) == ""


def test_of_several_selectors_those_in_use_stay():
    css = ".unused, .used, .unused p, p.also-used{color:red}"
    assert prune(css, USED) == ".used,p.also-used{color:red}\n"


def test_a_sheet_that_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="line 2 of a style sheet"):
        prune("p{color:red}\n.used", USED)
