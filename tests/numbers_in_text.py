"""Finds numbers in a text that nothing beside it shows."""

import re

NUMBER = re.compile(
    r"""
    (?<![\w.:/])                        # nothing like arXiv:1512.00567
    (?P<mantissa> \d[\d,]*\.\d+ | \d+(?=e[-+]?\d | \s?%))
    (?: e(?P<exponent>[-+]?\d+) )?
    (?! \w | \.\d )                     # no version like 2.13.0
    (?P<percent> \s?% )?
    """,
    re.VERBOSE,
)
SHOWN = re.compile(
    r"(?P<value>\d*\.?\d+(?:e[-+]?\d+)?)(?P<percent>\s?\\?%)?"
)
FENCED_CODE = re.compile(
    r"^(`{3,}|~{3,}).*?^\1\s*$", re.DOTALL | re.MULTILINE
)
NOT_PROSE = re.compile(
    r"""
    \$\$.*?\$\$ | \$(?:\\.|[^$\\])+\$
    | (?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)
    | \]\([^()]*\) | <[^>\n]+>          # where links lead
    """,
    re.VERBOSE | re.DOTALL,
)


def normal(text):
    """Minus signs and spaces as a keyboard has them."""
    return text.replace("−", "-").replace(
        "\N{NARROW NO-BREAK SPACE}", " "
    )


def prose(text):
    return NOT_PROSE.sub("", FENCED_CODE.sub("", normal(text)))


def shown_values(support):
    for found in SHOWN.finditer(normal(support).replace(",", "")):
        value = float(found["value"])
        yield value / 100 if found["percent"] else value


def unsupported(text, support):
    """The numbers of the text that are not in the support."""
    shown = list(shown_values(support))
    missing = []
    for found in NUMBER.finditer(prose(text)):
        mantissa = found["mantissa"].replace(",", "")
        unit = 10 ** int(found["exponent"] or 0)
        unit /= 100 if found["percent"] else 1
        decimals = len(mantissa.partition(".")[2])
        rounding = 0.5 * 10**-decimals * unit * (1 + 1e-9)
        value = float(mantissa) * unit
        if not any(abs(value - other) <= rounding for other in shown):
            missing.append(found[0])
    return missing
