"""Serve the map of many synthetic cases: python benchmarks/map/serve.py COUNT PORT."""

import sys

from synthetic import many_times

from geo.catalogue.fresh import open_fresh_catalogue
from geo.paths import default_catalogue_path
from geo.sources import Sources
from webapp.serve import serve


def main() -> None:
    """Serve until told to stop."""
    count, port = int(sys.argv[1]), int(sys.argv[2])
    real = open_fresh_catalogue(Sources(), default_catalogue_path())
    catalogue = real if count == len(real.cases) else many_times(real, count)
    serve(catalogue, host="127.0.0.1", port=port, announce=lambda text: print(text, flush=True))


if __name__ == "__main__":
    main()
