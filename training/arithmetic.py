"""Matrix products by NumPy while training: BLIS's wheels hold slow, general kernels.

``spacy train`` asks for the CPU's operations by the name "numpy"; it gets these. The pipeline that
ships is run with spaCy's own, so that every processor of one kind computes the same sums.
"""

from __future__ import annotations

from thinc.api import NumpyOps, registry


@registry.ops("dragoman.training")
class TrainingOps(NumpyOps):
    """spaCy's operations on the CPU, but for the matrix product."""

    def __init__(self, device_type: str = "cpu", device_id: int = -1) -> None:
        """Leave BLIS out."""
        super().__init__(device_type, device_id, use_blis=False)
