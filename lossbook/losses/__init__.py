"""The losses as NumPy classes, one file each."""

from lossbook.losses.base import Loss
from lossbook.losses.binary_cross_entropy import BinaryCrossEntropy
from lossbook.losses.cross_entropy import CrossEntropy
from lossbook.losses.huber import HuberLoss
from lossbook.losses.kl_div import KLDivLoss
from lossbook.losses.log_cosh import LogCosh
from lossbook.losses.mae import MAE
from lossbook.losses.mse import MSE
from lossbook.losses.quantile import QuantileLoss

__all__ = [
    "MAE",
    "MSE",
    "BinaryCrossEntropy",
    "CrossEntropy",
    "HuberLoss",
    "KLDivLoss",
    "LogCosh",
    "Loss",
    "QuantileLoss",
]
