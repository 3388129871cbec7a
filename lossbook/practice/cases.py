"""The cases of a challenge, with what is right, as the judge reads them.

What is right is computed to more than 50 digits, what a usual mistake
gives by NumPy, as a reader would.
"""

import ast
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import mpmath as mp
import numpy as np

from lossbook import numerics
from lossbook.practice import truth
from lossbook.practice.challenges import Challenge
from lossbook.practice.suspects import VISIBLE
from lossbook.practice.values import (
    batch,
    close,
    expected_numbers,
    packed,
    rounding,
)

# What stands for inf, so that formulas give their limits.
HUGE = mp.mpf(10) ** 1000
# What the judge is told of a challenge and of a check as it stands.
ASKED = ("returns", "class", "method", "averaged", "sign")
TOLD = ("title", "rtol", "atol", "means", "nan", "inf", "overflow")

# What the author of a case or a mistake may write.
NAMES: Mapping[str, Any] = {
    **vars(numerics),
    "np": np,
    "softplus": lambda x: np.logaddexp(0.0, x),
    "inf": np.inf,
    "nan": np.nan,
    "f32": lambda numbers: np.array(numbers, dtype=np.float32),
    "u8": lambda numbers: np.array(numbers, dtype=np.uint8),
    "ints": lambda numbers: np.array(numbers, dtype=np.int64),
}

Fields = Mapping[str, Any]


def package(challenge: Challenge) -> str:
    """All that the judge needs, and the stub, as one JSON text."""
    fields = challenge.fields
    with mp.workdps(truth.DIGITS):
        checks = [*_checks(challenge)]
    content = {
        "id": challenge.id,
        "name": challenge.name,
        "stub": challenge.stub,
        "packages": challenge.packages,
        "arguments": [*_arguments(challenge)],
        "checks": checks,
        "mistakes": [*_meanings(challenge)],
        **{name: fields[name] for name in ASKED if name in fields},
    }
    if challenge.vectorised:
        content["solution"] = _bare(challenge.solution)
    return json.dumps(
        content,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )


def _bare(code: str) -> str:
    """The code without comments and docstrings, for the clock only."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(
            node, ast.Module | ast.ClassDef | ast.FunctionDef
        ) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def _arguments(challenge: Challenge) -> dict[str, Any]:
    """The names of the arguments, and the defaults of the last ones."""
    for node in ast.parse(challenge.stub).body:
        if (
            isinstance(node, ast.FunctionDef)
            and node.name == challenge.name
        ):
            names = [argument.arg for argument in node.args.args]
            defaults = map(ast.literal_eval, node.args.defaults)
            last = names[len(names) - len(node.args.defaults) :]
            bound: dict[str, Any] = dict.fromkeys(names)
            bound.update(zip(last, defaults, strict=True))
            return bound
    raise ValueError(
        f"{challenge.id}: its stub defines no {challenge.name}"
    )


def _checks(challenge: Challenge) -> Iterator[Fields]:
    for check in challenge.fields["checks"]:
        told = {name: check[name] for name in TOLD if name in check}
        if "raises" in check:
            yield told | {
                "kind": "raises",
                "error": check["raises"],
                "cases": [
                    {"args": _packed_call(case)}
                    for case in check["cases"]
                ],
            }
        else:
            cases = [
                _case(challenge, check, case) for case in check["cases"]
            ]
            kind = "quiet" if check.get("quiet") else "values"
            yield told | {"kind": kind, "cases": cases}
    if challenge.packages:
        yield {
            "kind": "unmodified",
            "title": "the input stays as it was",
        }
    yield {"kind": "again", "title": "a second call gives the same"}
    if challenge.vectorised:
        yield {
            "kind": "speed",
            "title": "no Python loop over the batch",
            "inputs": challenge.fields["large"],
        }


def _case(challenge: Challenge, check: Fields, case: Any) -> Fields:
    call, gives = (
        (case["call"], case["gives"])
        if isinstance(case, dict)
        else (case, None)
    )
    args = _called(call)
    right = (
        _right(challenge, args)
        if gives is None
        else _listed(eval(gives, dict(NAMES)))
    )
    told = {"args": _packed_call(call), "expected": packed(right)}
    if "dtype" in check:
        told["dtype"] = check["dtype"]
    if mistakes := [*_mistakes(challenge, args, right, check)]:
        told["mistakes"] = mistakes
    return told


def _right(challenge: Challenge, args: Sequence[Any]) -> Any:
    function: truth.Truth = eval(challenge.fields["truth"], vars(truth))
    found = function(*map(_exact, bound(challenge, args).values()))
    return _floats(np.asarray(found, dtype=object).tolist())


def bound(challenge: Challenge, args: Sequence[Any]) -> dict[str, Any]:
    """The arguments by their names, the defaults among them."""
    bound = _arguments(challenge)
    bound.update(zip(bound, args, strict=False))
    return bound


def _exact(arg: Any) -> Any:
    if isinstance(arg, np.ndarray):
        return np.frompyfunc(_exact, 1, 1)(arg)
    if callable(arg):
        return arg
    if np.isinf(arg):
        return HUGE if arg > 0 else -HUGE
    return mp.mpf(arg)


def _floats(found: Any) -> Any:
    if isinstance(found, list):
        return [_floats(one) for one in found]
    if isinstance(found, tuple):
        low, high = map(float, found)
        return low, high
    return float(found)


def _mistakes(
    challenge: Challenge, args: Sequence[Any], right: Any, check: Fields
) -> Iterator[Sequence[Any]]:
    """The mistakes that this case shows: their places, and values."""
    shape, wanted = expected_numbers(packed(right))
    _, atol = rounding(args, check)
    for which, (what, given) in enumerate(_given(challenge, args)):
        wrong_shape, wrong = expected_numbers(packed(given))
        if wrong_shape != shape:
            raise ValueError(
                f"{challenge.id}: {what} is of shape "
                f"{wrong_shape}, the right answer of {shape}"
            )
        if not any(isinstance(one, tuple) for one in wrong) and not all(
            close(one, other, VISIBLE, atol)
            for one, other in zip(wrong, wanted, strict=True)
        ):
            digits = [float(f"{one:.6g}") for one in wrong]
            yield [which, *packed(digits)]


def _given(
    challenge: Challenge, args: Sequence[Any]
) -> Iterator[tuple[str, Any]]:
    """Each mistake, as code, and what it gives."""
    names = {"n": batch(args)[0], **bound(challenge, args)}
    for mistake in challenge.fields.get("mistakes", []):
        what = mistake["gives"]
        with np.errstate(all="ignore"):
            yield what, _listed(eval(what, {**NAMES, **names}))
    for name in _optional(challenge):
        before = [*_arguments(challenge)].index(name)
        yield name, _right(challenge, args[:before])


def _meanings(challenge: Challenge) -> Iterator[str]:
    """What to say of each mistake, in the same order."""
    for mistake in challenge.fields.get("mistakes", []):
        yield mistake["means"]
    for name, default in _optional(challenge).items():
        yield (
            f"`{name}` is not used: that is the result for"
            f" {name} = {default:g}."
        )


def _optional(challenge: Challenge) -> dict[str, float]:
    """The arguments that have a default, with it."""
    return {
        name: default
        for name, default in _arguments(challenge).items()
        if default is not None
    }


def _listed(given: Any) -> Any:
    """A number, an array or several numbers as numbers and lists."""
    return np.asarray(given, dtype=np.float64).tolist()


def _called(call: str) -> Sequence[Any]:
    """The arguments of a call as an author wrote it."""
    args = eval(f"({call},)", dict(NAMES))
    return [
        np.array(arg, dtype=np.float64)
        if isinstance(arg, list)
        else arg
        for arg in args
    ]


def _packed_call(call: str) -> Sequence[Any]:
    [statement] = ast.parse(f"({call},)").body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Tuple)
    return [
        {"function": ast.unparse(node)}
        if isinstance(node, ast.Lambda)
        else _packed(arg)
        for node, arg in zip(
            statement.value.elts, _called(call), strict=True
        )
    ]


def _packed(arg: Any) -> Any:
    if not isinstance(arg, np.ndarray):
        return packed(arg)
    if arg.dtype == np.float32:
        # 1e38 is to be read as that, not as 9.99999968e37.
        arg = arg.astype(str).astype(np.float64)
        return {"dtype": "float32", "values": packed(arg.tolist())}
    values = packed(arg.tolist())
    if arg.dtype == np.float64:
        return values
    return {"dtype": str(arg.dtype), "values": values}
