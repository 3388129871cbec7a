"""The cheat sheet has every loss, and the PyTorch that it says."""

import ast
import math
import re
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from lossbook import losses

ROOT = Path(__file__).parents[1]
SHEET = ROOT / "book/interview/cheat_sheet.md"
SECTION = re.compile(
    r"^### \[[^]]+\]\((?P<link>[^)]+)\)$(?P<body>.*?)(?=^##)",
    re.M | re.S,
)
CARD = re.compile(r"^card\((\w+), ", re.M)
LINE_OF_CODE = re.compile(r"^`([^`]+)`$", re.M)

SECTIONS = [
    (CARD.findall(section["body"]), section)
    for section in SECTION.finditer(SHEET.read_text(encoding="utf-8"))
]
SLUGS = sorted(
    {file.stem for file in (ROOT / "lossbook/losses").glob("*.py")}
    - {"__init__", "base"}
)


def section(slug):
    [found] = [found for card, found in SECTIONS if card == [slug]]
    return found


def test_every_loss_has_one_card_in_a_section_of_its_own():
    cards = [card for card, _ in SECTIONS]
    assert sorted(cards) == [[slug] for slug in SLUGS]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_name_leads_to_the_chapter_of_the_loss(slug):
    chapter = SHEET.parent / section(slug)["link"]
    assert f"/losses/{slug}.py" in chapter.read_text(encoding="utf-8")


N, K = 6, 4
OURS = {
    "mae": losses.MAE(),
    "mse": losses.MSE(),
    "huber": losses.HuberLoss(delta=0.7),
    "log_cosh": losses.LogCosh(),
    "quantile": losses.QuantileLoss(tau=0.9),
    "cross_entropy": losses.CrossEntropy(),
    "binary_cross_entropy": losses.BinaryCrossEntropy(),
    "kl_div": losses.KLDivLoss(),
    "focal": losses.FocalLoss(gamma=1.5),
    "hinge": losses.HingeLoss(),
    "squared_hinge": losses.SquaredHinge(),
    "exponential": losses.ExponentialLoss(),
    "multiclass_hinge": losses.MultiClassHinge(),
}
SETTINGS = {"delta": 0.7, "tau": 0.9, "gamma": 1.5}
ELEMENTWISE = [
    slug
    for slug in SLUGS
    if slug not in ("cross_entropy", "kl_div", "multiclass_hinge")
]


def inputs(slug, shape):
    """Predictions and targets by their names on the sheet."""
    random = np.random.default_rng(8)
    scores = random.normal(scale=2, size=shape)
    rows = random.normal(scale=2, size=(N, K))
    if slug in ("cross_entropy", "multiclass_hinge"):
        return {"z": rows, "c": random.integers(K, size=N)}
    if slug == "kl_div":
        return {"z": rows, "y": random.dirichlet(np.ones(K), size=N)}
    if slug == "binary_cross_entropy":
        return {"z": scores, "y": random.uniform(size=shape)}
    if slug == "focal":
        return {"z": scores, "y": random.integers(2, size=shape)}
    if slug in ("hinge", "squared_hinge", "exponential"):
        return {
            "z": scores,
            "y": random.choice([-1.0, 1.0], size=shape),
        }
    return {"yhat": scores, "y": random.normal(size=shape)}


def values_of(lines, names):
    """What each line gives that is not an assignment."""
    for line in lines:
        if isinstance(ast.parse(line).body[0], ast.Assign):
            exec(line, names)
        else:
            yield line, eval(line, names)


def compare(slug, shape, factor):
    given = inputs(slug, shape)
    predictions, targets = given.values()
    ours = OURS[slug]
    value = ours.loss(predictions, targets)
    grad = ours.grad(predictions, targets)
    tensors = {
        name: torch.tensor(array) for name, array in given.items()
    }
    variable = next(iter(tensors.values())).requires_grad_()
    if "yhat" in tensors:
        tensors["r"] = tensors["yhat"] - tensors["y"]
    elif "y" in tensors:
        tensors["m"] = tensors["y"] * tensors["z"]
    names = (
        {"F": functional, "math": math, "nn": nn, "torch": torch}
        | SETTINGS
        | tensors
    )
    compared = 0
    for line, theirs in values_of(
        LINE_OF_CODE.findall(section(slug)["body"]), names
    ):
        assert value == pytest.approx(
            factor * theirs.item(), rel=1e-12
        ), line
        [slope] = torch.autograd.grad(
            theirs, variable, retain_graph=True
        )
        np.testing.assert_allclose(
            grad,
            factor * slope.numpy(),
            rtol=1e-12,
            atol=1e-15,
            err_msg=line,
        )
        compared += 1
    assert compared


@pytest.mark.parametrize("slug", SLUGS)
def test_pytorch_gives_the_value_and_gradient_of_our_class(slug):
    compare(slug, (N,), factor=1)


@pytest.mark.parametrize("slug", ELEMENTWISE)
def test_with_d_columns_ours_is_d_times_as_large(slug):
    compare(slug, (N, 3), factor=3)


def test_the_default_mean_of_kl_div_is_k_times_too_small():
    z, y = map(torch.tensor, inputs("kl_div", ()).values())
    log_p = z.log_softmax(1)
    with pytest.warns(UserWarning, match="batchmean"):
        mean = functional.kl_div(log_p, y)
    right = functional.kl_div(log_p, y, reduction="batchmean")
    assert right.item() == pytest.approx(K * mean.item(), rel=1e-12)


def test_a_probability_that_rounds_to_1_has_no_gradient():
    z = torch.tensor([17.0], requires_grad=True)
    nn.BCELoss()(z.sigmoid(), torch.zeros(1)).backward()
    assert z.grad.item() == 0
