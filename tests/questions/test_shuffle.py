"""The order in which the lines of an `order` question are shown."""

from lossbook.practice.shuffle import shuffled


def test_the_right_order_is_never_shown():
    """By chance alone, every sixth seed would show it."""
    orders = [shuffled("abc", f"seed {n}") for n in range(60)]
    assert ["a", "b", "c"] not in orders
    assert {"".join(sorted(order)) for order in orders} == {"abc"}
    assert len({*map(tuple, orders)}) == 5


def test_the_order_stays():
    assert shuffled("abcdef", "mse") == shuffled("abcdef", "mse")
