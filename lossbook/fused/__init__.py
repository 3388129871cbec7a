"""Losses for large batches: value and gradient in one pass.

The second floor above lossbook.losses: same scaling, same input
rules, same limits, but blocks that fit the cache instead of arrays as
large as the batch. Read lossbook.losses to learn a loss, this to
learn what makes it fast.
"""

from lossbook.fused.elementwise import bce, huber, mae, mse
from lossbook.fused.softmax import kl, softmax_cross_entropy

__all__ = ["bce", "huber", "kl", "mae", "mse", "softmax_cross_entropy"]
