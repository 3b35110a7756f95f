"""Student's t for any number of degrees of freedom from two on: quantile and probability (`scipy.special`)."""

from statistics import NormalDist

from scipy.special import stdtr, stdtrit

NORMAL = NormalDist()
LEAST = 2.0  # degrees of freedom: with fewer t has no variance, and a Satterthwaite estimate below it is noise


def quantile(share: float, freedom: float) -> float:
    """What t stays below with probability `share` (0-1); fewer than two degrees of freedom count as two."""
    return float(stdtrit(max(LEAST, freedom), share))


def probability(t: float, freedom: float) -> float:
    """The probability of staying below `t`."""
    return float(stdtr(max(LEAST, freedom), t))
