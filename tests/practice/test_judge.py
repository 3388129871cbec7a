"""What the judge says of code that does not run, or is hostile."""

import builtins
import json
import math
import subprocess
import sys
import time
from functools import cache
from textwrap import dedent

import numpy as np
import pytest

from lossbook.practice import cases, challenges
from lossbook.practice.calls import LONGEST_OUTPUT
from lossbook.practice.judge import judge_object, judge_text

RIGHT = """\
def huber(r, delta=1.0):
    c = max(-delta, min(delta, r))
    return c * (r - c / 2), c
"""


@cache
def package(name):
    return cases.package(challenges.find(name))


def judged(code, name="huber-scalar"):
    return json.loads(judge_text(dedent(code), package(name)))


def failed(verdict):
    return [check for check in verdict["checks"] if not check["passed"]]


def test_right_code_passes_every_check_in_their_order():
    verdict = judged(RIGHT)
    assert verdict["passed"]
    assert verdict["problem"] is None
    asked = json.loads(package("huber-scalar"))["checks"]
    assert [check["title"] for check in verdict["checks"]] == [
        check["title"] for check in asked
    ]


@pytest.mark.parametrize(
    ("code", "message", "line", "source"),
    [
        (
            "def huber(r, delta=1.0:\n    return 1, 2",
            "SyntaxError: ",
            1,
            "def huber(r, delta=1.0:",
        ),
        (
            "def huber(r, delta=1.0):\nreturn 1, 2",
            "IndentationError: expected an indented block",
            2,
            "return 1, 2",
        ),
        (
            "import math\n\nvalue = maths.pi\n",
            "NameError: name 'maths' is not defined",
            3,
            "value = maths.pi",
        ),
        ("def hubr(r):\n    pass", "There is `hubr`", None, ""),
        ("x = 1", "Your code defines no `huber`.", None, ""),
        ("", "Your code defines no `huber`.", None, ""),
        (
            "async def huber(r, delta=1.0):\n    return 1, 2",
            "`huber` is async: write a plain function.",
            None,
            "",
        ),
        ("huber = 3", "`huber` is an int, no function.", None, ""),
        (
            "def huber(r):\n    return 1, 2",
            "called as `huber(r, delta)`, but yours is `huber(r)`",
            None,
            "",
        ),
        (
            "def huber(r, delta=1.0):\n    '''Nothing yet.'''",
            "`huber` returns nothing yet.",
            None,
            "",
        ),
        (
            "def huber(r, delta=1):\n    raise NotImplementedError",
            "`huber` returns nothing yet.",
            None,
            "",
        ),
        ("import sys\nsys.exit('bye')", "SystemExit: bye", 2, None),
        ("exit()", "SystemExit", 1, "exit()"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", 1, None),
        ("input('name?')", "EOFError", 1, None),
        (
            "def huber（r, delta=1.0):\n    return 1, 2",
            "type ( in its place",
            1,
            "def huber（r, delta=1.0):",
        ),
        (
            "# 残差（一个数）\ndef huber(r, delta=1.0)：\n    pass",
            "type : in its place",
            2,
            "def huber(r, delta=1.0)：",
        ),
        (
            "def huber(r, delta=1.0):\n\tc = r\n        return c, c",
            "with spaces, and none with tabs",
            3,
            "        return c, c",
        ),
        ("import nowhere", "there are only NumPy", 1, "import nowhere"),
        (
            "class Odd(Exception):\n    __str__ = None\nraise Odd",
            "Odd",
            3,
            "raise Odd",
        ),
        (
            "def deeper():\n    return deeper()\ndeeper()",
            "RecursionError: maximum recursion depth exceeded",
            2,
            "    return deeper()",
        ),
    ],
)
def test_code_that_does_not_run_is_told_with_its_line(
    code, message, line, source
):
    verdict = judged(code)
    assert not verdict["passed"]
    assert message in verdict["problem"]["message"]
    assert verdict["problem"]["line"] == line
    if source is not None:
        assert verdict["problem"]["source"] == source
    assert verdict["checks"] == []


def test_an_error_in_one_case_is_told_with_its_line_and_the_rest_goes_on():
    verdict = judged(
        """\
        def huber(r, delta=1.0):
            if r == 0.0:
                raise ValueError("none of that")
            c = max(-delta, min(delta, r))
            return c * (r - c / 2), c
        """
    )
    [check] = failed(verdict)
    assert check["title"] == "small residuals"
    assert check["case"] == "r = 0"
    assert check["got"] == "ValueError: none of that"
    assert check["expected"] == "0, 0"
    assert check["line"] == 3


def test_an_error_inside_numpy_is_at_the_readers_line():
    verdict = judged(
        """\
        import numpy as np

        def softmax(logits):
            exps = np.exp(logits)
            return np.concatenate([exps, exps.sum(axis=7)])
        """,
        "toolbox-softmax",
    )
    assert {check["line"] for check in failed(verdict)[:3]} == {5}
    assert "AxisError" in verdict["checks"][0]["got"]


def test_a_failure_names_case_index_got_expected_and_meaning():
    verdict = judged(
        """\
        def huber_grad(predictions, targets, delta=1.0):
            return targets - predictions
        """,
        "huber-grad",
    )
    first = verdict["checks"][0]
    assert first == {
        "title": "values inside and beyond δ",
        "passed": False,
        "case": "predictions = [0.5, -2, 3, 0.25], "
        "targets = [0, 1, 0.5, 0.5]",
        "index": "[0]",
        "got": "-0.5",
        "expected": "0.125",
        "means": first["means"],
        "line": None,
    }


def test_the_place_shown_is_that_of_nan():
    verdict = judged(
        """\
        import numpy as np
        def mae_grad(predictions, targets):
            r = predictions - targets
            return -r / np.abs(r)
        """,
        "mae-grad",
    )
    kink = verdict["checks"][1]
    assert kink["index"] == "[0]"
    assert kink["got"] == "nan"
    assert kink["expected"].startswith("between -0.333")
    assert "NaN" in kink["means"]


def test_prints_are_kept_at_import_and_in_calls():
    verdict = judged(f"print('first')\n{RIGHT}    \nprint('last')")
    assert verdict["output"] == "first\nlast\n"
    called = judged(RIGHT.replace("    c =", "    print(r)\n    c ="))
    assert called["passed"]
    assert called["output"].startswith("0.5\n-0.25\n0.0\n")


def test_errors_and_warnings_do_not_reach_our_own_output(capfd):
    verdict = judged(
        """\
        import sys, warnings
        print("to stderr", file=sys.stderr)
        warnings.warn("mind")
        def huber(r, delta=1.0):
            warnings.warn("mind")
            return 1, 2
        """
    )
    assert verdict["output"] == "to stderr\n"
    assert capfd.readouterr() == ("", "")


def test_a_flood_of_output_is_cut_and_says_so():
    verdict = judged(f"print('x' * 10**7)\n{RIGHT}")
    assert verdict["passed"]
    assert verdict["output"].endswith("cut after 10,000 characters")
    assert len(verdict["output"]) < LONGEST_OUTPUT + 100


@pytest.mark.parametrize(
    "code",
    [
        "import sys; sys.stdout = sys.stderr = None",
        "import builtins; builtins.print = builtins.len = None",
        "import builtins; builtins.abs = builtins.float = str",
        "import math; math.inf = 0; math.isnan = None",
        "print = len = map = float = isinstance = None",
        "np = numpy = json = None",
        "import sys; sys.setrecursionlimit(10**6)",
        "import time; time.perf_counter = lambda: 0",
        "import warnings; warnings.simplefilter('error')",
    ],
)
def test_what_the_code_replaces_is_put_back(code):
    def what_is_there():
        own = builtins.print, math.inf, time.perf_counter
        return *own, sys.stdout, sys.stderr

    before, limit = what_is_there(), sys.getrecursionlimit()
    verdict = judged(f"{code}\n{RIGHT}")
    assert verdict["problem"] is None
    assert what_is_there() == before
    assert sys.getrecursionlimit() == limit
    assert judged(RIGHT)["passed"]


def test_numpy_is_put_back_and_its_warnings_too():
    code = """\
    import numpy as np
    np.seterr(all="raise")
    np.array = np.ndarray = np.errstate = None
    def sigmoid(x):
        np.exp = None
        return x
    """
    exp, errors = np.exp, np.geterr()
    verdict = judged(code, "toolbox-sigmoid")
    assert not verdict["passed"]
    assert np.exp is exp
    assert np.geterr() == errors
    solution = challenges.find("toolbox-sigmoid").solution
    assert judged(solution, "toolbox-sigmoid")["passed"]


@pytest.mark.parametrize(
    "member",
    [
        "__eq__ = __lt__ = __float__ = __bool__ = quit",
        "__class__ = property(lambda self: quit())",
        "__array__ = __getattr__ = __iter__ = __len__ = quit",
        "__repr__ = __str__ = __format__ = __hash__ = quit",
    ],
)
@pytest.mark.parametrize(
    "name", ["huber-scalar", "mse-loss", "mse-grad"]
)
def test_an_object_that_raises_when_looked_at_is_told(name, member):
    verdict = judged(
        f"""\
        def quit(*args):
            raise SystemExit("caught?")

        class Evil:
            {member}

        def huber(r, delta=1.0):
            return Evil(), Evil()

        def mse_loss(predictions, targets):
            return Evil()

        mse_grad = mse_loss
        """,
        name,
    )
    assert verdict["problem"] is None
    first = verdict["checks"][0]
    assert not first["passed"]
    assert first["got"] in ("an Evil", "SystemExit: caught?")


def test_a_subclass_of_float_that_lies_is_taken_at_its_number():
    verdict = judged(
        """\
        class Always(float):
            def __eq__(self, other):
                return True
            __sub__ = __rsub__ = __le__ = __ge__ = __eq__

        def huber(r, delta=1.0):
            return Always(3), Always(4)
        """
    )
    assert len(failed(verdict)) == 5


@pytest.mark.parametrize(
    ("returned", "got"),
    [
        ("None if len(predictions) else 0", "returns nothing yet"),
        ("[1.0] * len(predictions)", "a list"),
        ("str(targets)", "a str"),
        ("(p for p in predictions)", "a generator"),
        ("predictions + 0j", "an array of shape (4,), complex128"),
        ("predictions.astype(object)", "shape (4,), object"),
        ("predictions.astype(str)", "shape (4,), <U32"),
        ("np.ma.masked_array(predictions)", "a MaskedArray"),
        ("np.asmatrix(predictions)", "a matrix"),
        ("predictions[:2]", "shape (2,)"),
        ("float(predictions[0])", "a single number"),
    ],
)
def test_a_wrong_kind_of_answer_is_named(returned, got):
    verdict = judged(
        f"""\
        import numpy as np
        def mse_grad(predictions, targets):
            return {returned}
        """,
        "mse-grad",
    )
    problem = verdict["problem"]
    told = (
        problem["message"] if problem else verdict["checks"][0]["got"]
    )
    assert got in told


def test_a_class_is_judged_in_place_of_the_function():
    solution = challenges.find("huber-grad").solution
    assert "def huber_grad" not in solution
    assert judged(solution, "huber-grad")["passed"]
    empty = judged("class HuberLoss:\n    pass", "huber-grad")
    assert empty["problem"]["message"] == (
        "`HuberLoss` has no method `grad`."
    )


def test_code_is_not_read_under_our_own_future_imports():
    code = "note: undefined\n" + RIGHT
    assert "NameError" in judged(code)["problem"]["message"]


def test_ctrl_c_in_a_notebook_ends_it_at_once():
    calls = []

    def huber(r, delta=1.0):  # noqa: ARG001
        calls.append(r)
        raise KeyboardInterrupt

    verdict = judge_object(huber, package("huber-scalar"))
    assert verdict.problem.message == "KeyboardInterrupt"
    assert len(calls) == 1


def test_the_warm_up_needs_no_numpy():
    code = f"""\
import sys
for name in ("numpy", "sympy", "yaml", "mpmath"):
    sys.modules[name] = None
from lossbook.practice.judge import judge_text
print(judge_text({RIGHT!r}, {package("huber-scalar")!r}))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=challenges.PACKAGE.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["passed"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("class MSE:\n    pass", "`MSE` has no method `grad`."),
        (
            "class MSE:\n    def grad(predictions, targets):\n        1",
            "It is called as `grad(self, predictions, targets)`, but"
            " yours is `grad(predictions, targets)`.",
        ),
        (
            "class MSE:\n    def __init__(self, n):\n        1\n"
            "    def grad(self, predictions, targets):\n        1",
            "It is called as `MSE()`, but yours is `MSE(n)`.",
        ),
        (
            "def mse_grad(*, predictions, targets):\n    1",
            "It is called as `mse_grad(predictions, targets)`, but"
            " yours is `mse_grad(*, predictions, targets)`.",
        ),
        (
            "class MSE:\n    @staticmethod\n"
            "    def grad(predictions, targets):\n        1",
            "`mse_grad` returns nothing yet. Write it, and `return`"
            " what it computes.",
        ),
    ],
)
def test_what_cannot_be_called_is_told(code, message):
    assert judged(code, "mse-grad")["problem"]["message"] == message


def test_a_class_is_told_where_only_a_function_will_do():
    verdict = judged("class softmax:\n    pass", "toolbox-softmax")
    told = "`softmax` is a class: write a function."
    assert verdict["problem"]["message"] == told


@pytest.mark.parametrize(
    ("line", "got", "means"),
    [
        ("exit()", "SystemExit", "`return` its result"),
        ("return huber(r, delta)", "RecursionError", "without an end"),
        ("return input()", "EOFError", "waits in vain"),
        ("return undefined", "NameError", "misspelt"),
        ("raise ValueError('x' * 10**6)", "ValueError: xxx", "raised"),
    ],
)
def test_an_error_in_a_call_is_explained(line, got, means):
    verdict = judged(f"def huber(r, delta=1.0):\n    {line}")
    for check in verdict["checks"]:
        if check["title"] != "a second call gives the same":
            assert got in check["got"]
            assert len(check["got"]) < 600
            assert means in check["means"]
            assert check["line"] == 2


def test_what_is_remembered_between_calls_is_no_factor():
    verdict = judged(
        """\
        calls = 0
        def mse_loss(predictions, targets):
            global calls
            calls += 1
            if predictions.shape != targets.shape:
                raise ValueError
            r = predictions - targets
            return (r**2).sum() / 2 / len(r) * (1 + calls % 2)
        """,
        "mse-loss",
    )
    told = {check["title"]: check["means"] for check in failed(verdict)}
    assert "remembered" in told["a second call gives the same"]
    assert not any("½" in means for means in told.values())


def test_arrays_are_taken_whatever_was_done_to_them():
    verdict = judged(
        """\
        def mse_grad(predictions, targets):
            if predictions.shape != targets.shape:
                raise ValueError
            kept = predictions.copy()
            predictions[...] = 0
            grad = (kept - targets) / len(kept)
            predictions[...] = kept
            targets.flags.writeable = False
            return grad
        """,
        "mse-grad",
    )
    assert verdict["passed"]
