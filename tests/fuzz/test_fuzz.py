"""A short fuzz run, the same in every run, and proof that it can fail."""

import warnings

import numpy as np
import pytest
import run
from fuzz_cases import SPECS, Case, cases
from fuzz_checks import check
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lossbook import losses
from lossbook.fused import elementwise


@pytest.mark.parametrize("loss", SPECS)
@settings(
    max_examples=30,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_nothing_is_found(loss: str, data: st.DataObject) -> None:
    check(data.draw(cases(loss)))


def test_every_loss_is_in_the_table() -> None:
    found = {
        type(spec.plain(**({"tau": 0.5} if loss == "quantile" else {})))
        for loss, spec in SPECS.items()
    }
    assert {kind.__name__ for kind in found} == set(losses.__all__) - {
        "Loss"
    }


# bugs that it has to find


def wrong_slope(self, predictions, _targets):
    return self.cast_like(predictions, np.asarray(predictions) * 0.7)


def modifying(_self, predictions, _targets):
    predictions = np.asarray(predictions)
    if predictions.flags.writeable:
        predictions[...] = 1
    return 1.0


def warning(*_):
    warnings.warn("spurious", RuntimeWarning, stacklevel=1)
    return 1.0


def crashing(*_):
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("method", "bug", "complaint"),
    [
        ("grad", wrong_slope, "`grad` differs at index"),
        ("loss", modifying, "an input was modified"),
        ("loss", warning, "spurious"),
        ("loss", crashing, "ZeroDivisionError"),
    ],
)
def test_a_bug_is_found(
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    bug,
    complaint: str,
) -> None:
    monkeypatch.setattr(losses.LogCosh, method, bug)
    search = run.Run(seconds=60)
    search.round("log-cosh", 1)
    assert complaint in search.findings["log-cosh"]


def test_floors_that_differ_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """np.dot alone is many eps off where all terms are alike."""
    case = Case(
        "mse",
        (2**15,),
        (1.338,),
        (0.0,),
        ("float32", "float32"),
        block=2**14,
    )
    check(case)
    monkeypatch.setattr(
        elementwise, "dot", lambda a, b: float(np.dot(a, b))
    )
    with pytest.raises(AssertionError, match="eps apart"):
        check(case)


def test_the_printed_case_repeats_the_finding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(losses.LogCosh, "loss", crashing)
    search = run.Run(seconds=60)
    search.round("log-cosh", 1)
    printed = search.findings["log-cosh"]
    # The simplest case: one number.
    assert "shape=(1,), predictions=(0.0,), targets=(0.0,)" in printed
    with pytest.raises(ZeroDivisionError):
        exec(printed, {})


def test_it_ends_in_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(seconds=0.2, first_seed=1) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("seed 1\n")
    assert printed.endswith(" cases, 0 findings\n")
