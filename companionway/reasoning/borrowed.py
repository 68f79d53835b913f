"""What is borrowed from SciPy, loaded at its first use: that takes long at each start, and most processes never ask."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def beta_quantile(a: float, b: float, q: float) -> float:
    """Below this is the share `q` of a beta distribution (`scipy.stats.beta.ppf(q, a, b)`)."""
    from scipy.special import betaincinv  # type: ignore[import-untyped]  # noqa: PLC0415

    return float(betaincinv(a, b, q))


def gamma_quantile(a: float, q: float) -> float:
    """Below this is the share `q` of a gamma distribution with scale 1 (`scipy.stats.gamma.ppf(q, a)`)."""
    from scipy.special import gammaincinv  # noqa: PLC0415

    return float(gammaincinv(a, q))


def cheapest_pairs(
    weight: NDArray[np.float64], row: Ints, column: Ints, shape: tuple[int, int]
) -> tuple[Ints, Ints]:
    """Rows and columns of a full matching of least weight; an edge of weight 0 counts as none.

    Raises ValueError when there is no matching that serves everybody.
    """
    from scipy.sparse import csr_array  # type: ignore[import-untyped]  # noqa: PLC0415
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # type: ignore[import-untyped]  # noqa: PLC0415

    rows, columns = min_weight_full_bipartite_matching(csr_array((weight, (row, column)), shape=shape))
    return rows.astype(np.int64), columns.astype(np.int64)
