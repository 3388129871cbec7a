"""The losses as NumPy classes, one file each."""

from lossbook.losses.base import Loss
from lossbook.losses.binary_cross_entropy import BinaryCrossEntropy
from lossbook.losses.cross_entropy import CrossEntropy
from lossbook.losses.exponential import ExponentialLoss
from lossbook.losses.focal import FocalLoss
from lossbook.losses.hinge import HingeLoss
from lossbook.losses.huber import HuberLoss
from lossbook.losses.kl_div import KLDivLoss
from lossbook.losses.log_cosh import LogCosh
from lossbook.losses.mae import MAE
from lossbook.losses.mse import MSE
from lossbook.losses.multiclass_hinge import MultiClassHinge
from lossbook.losses.quantile import QuantileLoss
from lossbook.losses.squared_hinge import SquaredHinge

__all__ = [
    "MAE",
    "MSE",
    "BinaryCrossEntropy",
    "CrossEntropy",
    "ExponentialLoss",
    "FocalLoss",
    "HingeLoss",
    "HuberLoss",
    "KLDivLoss",
    "LogCosh",
    "Loss",
    "MultiClassHinge",
    "QuantileLoss",
    "SquaredHinge",
]
