"""What the store returns: vectors with everything that is known about their pictures."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from course_utils.errors import unknown_name


@dataclass(frozen=True, eq=False, repr=False)
class Features:
    """Feature vectors and the rows they belong to, in the data set's order.

    Attributes
    ----------
    vectors : float32 (n, d).
    labels : int32 (n,).
    table : the data set's rows, one for each vector.
    class_names : in label order.
    left_out : columns `path` and `reason`, one row for each picture that could not be read.
    """

    vectors: np.ndarray
    labels: np.ndarray
    table: pd.DataFrame
    class_names: list[str]
    left_out: pd.DataFrame

    def split(self, name: str) -> "Features":
        """Return the features of one split, such as "train"."""
        splits = self.table["split"].to_numpy()
        if name not in splits:
            raise unknown_name("name", name, sorted(set(splits)))
        mask = splits == name
        table = self.table[mask].reset_index(drop=True)
        return replace(self, vectors=self.vectors[mask], labels=self.labels[mask], table=table)

    def __len__(self) -> int:
        return len(self.vectors)

    def __repr__(self) -> str:
        counts = self.table["split"].value_counts().items()
        splits = ", ".join(f"{count:,} {name}" for name, count in counts)
        return (
            f"<Features: {len(self):,} vectors of {self.vectors.shape[1]:,} numbers, "
            f"{len(self.class_names)} classes ({splits})>"
        )
