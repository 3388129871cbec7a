"""SymPy with checks: formulas, and derivations that cannot be wrong."""

from lossbook.symbolic.checker import Check, Context, check_equal
from lossbook.symbolic.derivation import Derivation
from lossbook.symbolic.errors import CheckError, StepError
from lossbook.symbolic.formula import Formula
from lossbook.symbolic.functions import sigma, softplus
from lossbook.symbolic.printing import JS_PRELUDE, javascript, tex
from lossbook.symbolic.slope import check_slope

__all__ = [
    "JS_PRELUDE",
    "Check",
    "CheckError",
    "Context",
    "Derivation",
    "Formula",
    "StepError",
    "check_equal",
    "check_slope",
    "javascript",
    "sigma",
    "softplus",
    "tex",
]
