"""What benchmarks count: areas, balanced accuracy, reliability; and the logistic models that they fit (scikit-learn)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

POINTS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.65, 0.7, 0.8)
"""Thresholds of a curve."""

STRENGTH = 1e-3
"""Inverse strength of the shrinking of a probe's weights; 3e-4 to 3e-3 measured alike."""


def balanced(told: NDArray[np.bool_], y: NDArray[Any]) -> float:
    """Return the mean of the shares of true claims passed and of false ones refused."""
    return float((told[y == 1].mean() + (~told[y == 0]).mean()) / 2)


def area(score: NDArray[Any], y: NDArray[Any]) -> float:
    """Return the area under the ROC curve."""
    true, false = score[y == 1][:, None], score[y == 0][None, :]
    return float(((true > false) + 0.5 * (true == false)).mean())


def reliability(score: Array, y: NDArray[Any]) -> list[dict[str, float]]:
    """Return, for tenths of the score, how many claims are there, their mean score and the share that is true."""
    bins = np.minimum((score * 10).astype(int), 9)
    return [
        {"claims": int((bins == n).sum()), "score": round(float(score[bins == n].mean()), 2), "true": round(float(y[bins == n].mean()), 2)}
        for n in range(10)
        if (bins == n).any()
    ]


def curve(probability: Array, y: NDArray[Any], points: tuple[float, ...] = POINTS) -> list[list[float]]:
    """Return, for some thresholds, the share of true claims that pass and of false ones that are refused."""
    return [[p, round(float((probability[y == 1] >= p).mean()), 3), round(float((probability[y == 0] < p).mean()), 3)] for p in points]


def fitted(x: Any, y: Any, strength: float = STRENGTH, *, scaled: bool = False) -> Any:
    """Return a logistic model (scikit-learn's) of columns that are `scaled` already, or are now."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    regression = LogisticRegression(C=strength, max_iter=2000)
    return regression.fit(x, y) if scaled else make_pipeline(StandardScaler(), regression).fit(x, y)


def moved(x: Any, y: Any, odds: Any, strength: float) -> tuple[float, Array]:
    """Return intercept and slopes that, added to log-odds that are known, tell `y` best; `strength` is the inverse of their shrinking."""
    from scipy.optimize import minimize

    sign = np.where(np.asarray(y) > 0, 1.0, -1.0)

    def loss(w: Array) -> tuple[float, Array]:
        margin = sign * (odds + w[0] + x @ w[1:])
        slope = -sign / (1 + np.exp(margin))
        grown = float(np.logaddexp(0, -margin).sum() + w[1:] @ w[1:] / strength / 2)
        return grown, np.concatenate([[slope.sum()], x.T @ slope + w[1:] / strength])

    found: Array = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return float(found[0]), found[1:]


def line(odds: Any, y: Any) -> tuple[float, float]:
    """Return intercept and slope that make probabilities of log-odds (Platt's)."""
    from sklearn.linear_model import LogisticRegression

    found = LogisticRegression(C=100.0).fit(np.asarray(odds)[:, None], y)
    return float(found.intercept_[0]), float(found.coef_[0, 0])


def coefficients(x: Any, y: Any, strength: float = 1.0, *, even: bool = False) -> tuple[float, Array]:
    """Return intercept and slopes of a logistic model of columns as they are; with `even`, both classes weigh alike."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(x)
    found = LogisticRegression(C=strength, max_iter=2000, class_weight="balanced" if even else None).fit(scaler.transform(x), y)
    slopes: Array = found.coef_[0] / scaler.scale_
    return float(found.intercept_[0] - slopes @ scaler.mean_), slopes
