"""Answers to focal-grad."""

import numpy as np

from answers import right, wrong


def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


@right
def by_margins(logits, labels, gamma=2.0):
    sign = 2 * labels - 1
    u = sign * logits
    p, q = sigmoid(u), sigmoid(-u)
    cost = np.maximum(-u, 0) + np.log1p(np.exp(-np.abs(u)))
    return -sign * q**gamma * (q + gamma * p * cost) / len(u)


@right
def by_where(logits, labels, gamma=2.0):
    u = np.where(labels == 1, logits, -logits)
    cost, other = np.logaddexp(0, -u), np.logaddexp(0, u)
    pull = np.exp(-gamma * other)
    slope = pull * np.exp(-other) + pull * gamma * np.exp(-cost) * cost
    return np.where(labels == 1, -slope, slope) / logits.shape[0]


@right
def with_0_times_inf_replaced(logits, labels, gamma=2.0):
    u = (2 * labels - 1) * logits
    p, q = sigmoid(u), sigmoid(-u)
    p_log_p = p * np.log(np.where(p > 0, p, 1))
    slope = q**gamma * (q - gamma * p_log_p)
    return (1 - 2 * labels) * slope / len(u)


@wrong("both labels", "product rule's second term")
def cross_entropy_times_the_factor(logits, labels, gamma=2.0):
    q = sigmoid((1 - 2 * labels) * logits)
    return q**gamma * (sigmoid(logits) - labels) / len(labels)


@wrong("both labels", "gradient of cross-entropy")
def of_cross_entropy(logits, labels, gamma=2.0):
    return (sigmoid(logits) - labels) / len(labels)


@wrong("both labels", "so the slope is negative there")
def flipped(logits, labels, gamma=2.0):
    return -by_margins(logits, labels, gamma)


@wrong("both labels", "sign of the label is missing")
def without_the_label_s_sign(logits, labels, gamma=2.0):
    return (2 * labels - 1) * by_margins(logits, labels, gamma)


@wrong("both labels", "second term has the wrong sign")
def wrong_sign_inside(logits, labels, gamma=2.0):
    sign = 2 * labels - 1
    p, q = sigmoid(sign * logits), sigmoid(-sign * logits)
    slope = q**gamma * (q + gamma * p * np.log(p))
    return -sign * slope / len(labels)


@wrong("both labels", "γ of the second term is missing")
def without_gamma_inside(logits, labels, gamma=2.0):
    sign = 2 * labels - 1
    p, q = sigmoid(sign * logits), sigmoid(-sign * logits)
    return -sign * q**gamma * (q - p * np.log(p)) / len(labels)


@wrong("both labels", "derivative of the sigmoid")
def by_p(logits, labels, gamma=2.0):
    sign = 2 * labels - 1
    p = sigmoid(sign * logits)
    slope = gamma * (1 - p) ** (gamma - 1) * np.log(p)
    slope -= (1 - p) ** gamma / p
    return sign * slope / len(labels)


@wrong("sure and wrong", "0 · (−inf)")
def naive(logits, labels, gamma=2.0):
    sign = 2 * labels - 1
    p, q = sigmoid(sign * logits), sigmoid(-sign * logits)
    slope = q**gamma * (q - gamma * p * np.log(p))
    return -sign * slope / len(labels)


@wrong("both labels", "n = 5 is missing")
def not_averaged(logits, labels, gamma=2.0):
    return by_margins(logits, labels, gamma) * len(labels)


@wrong("shape (n, K)", "all 6 entries")
def by_all_entries(logits, labels, gamma=2.0):
    found = by_margins(logits, labels, gamma)
    return found * len(labels) / labels.size


@wrong("no Python loop", "one by one")
def by_loop(logits, labels, gamma=2.0):
    rows = [
        by_margins(z[None], t[None], gamma)[0]
        for z, t in zip(logits, labels, strict=True)
    ]
    return np.array(rows) / len(rows)


@wrong("both labels", "A single number")
def averaged(logits, labels, gamma=2.0):
    return by_margins(logits, labels, gamma).mean()


@wrong("another γ", "`gamma` is not used")
def gamma_is_always_2(logits, labels, gamma=2.0):
    sign = 2 * labels - 1
    u = sign * logits
    p, q = (np.exp(-np.logaddexp(0, one)) for one in (-u, u))
    slope = q**2 * (q + 2 * p * np.logaddexp(0, -u))
    return -sign * slope / len(u)


@wrong("both labels", "3 of the 5 numbers are right")
def sigmoid_of_the_logit(logits, labels, gamma=2.0):
    p, q = (np.exp(-np.logaddexp(0, z)) for z in (-logits, logits))
    slope = q**gamma * (q + gamma * p * np.logaddexp(0, -logits))
    return (1 - 2 * labels) * slope / len(slope)
