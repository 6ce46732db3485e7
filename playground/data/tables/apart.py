"""A program of its own that reads a Parquet file: a damaged one may end its process, which must not be ours.

`python apart.py FILE OUT MOST` prints how many columns and rows there are, and writes them to OUT in Arrow's
format unless they are more than MOST values.
"""

import sys


def main(path: str, out: str, most: str) -> None:
    """Read one file, write the other."""
    import polars as pl

    lazy = pl.scan_parquet(path)
    width, height = len(lazy.collect_schema()), lazy.select(pl.len()).collect().item()
    print(width, height)
    if width * height <= int(most):
        lazy.collect().write_ipc(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
