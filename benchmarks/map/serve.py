"""Serve the map of many synthetic cases: python benchmarks/map/serve.py COUNT PORT."""

import sys

from synthetic import many_times

from geo.catalogue.store import read_catalogue
from geo.catalogue.which_file import file_to_read
from webapp.serve import serve


def main() -> None:
    """Serve until told to stop."""
    count, port = int(sys.argv[1]), int(sys.argv[2])
    real = read_catalogue(file_to_read())
    catalogue = real if count == len(real.cases) else many_times(real, count)
    serve(catalogue, host="127.0.0.1", port=port, announce=lambda text: print(text, flush=True))


if __name__ == "__main__":
    main()
