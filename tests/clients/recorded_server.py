"""`tongcheng serve`, with a line of JSON for every answer in the file that REQUEST_LOG names."""

import gzip
import json
import os
import urllib.parse
from pathlib import Path

import brotli

import webapp.serve
from geo.cli.main import main
from webapp.app import create_app

DECODERS = {"gzip": gzip.decompress, "br": brotli.decompress, "": bytes}


class Recorder:
    """Middleware that writes down what was asked for and how many features the answer holds."""

    def __init__(self, app, path):
        self.app = app
        self.path = path

    def __call__(self, environ, start_response):
        seen = {}

        def start(status, headers, exc_info=None):
            seen.update(status=int(status.split(" ")[0]), headers=dict(headers))
            return start_response(status, headers, exc_info)

        answer = self.app(environ, start)
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        line = {
            "path": environ["PATH_INFO"],
            "args": urllib.parse.parse_qsl(environ["QUERY_STRING"]),
            "agent": environ.get("HTTP_USER_AGENT", ""),
            "status": seen["status"],
            "features": _features(body, seen["headers"]),
        }
        with self.path.open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        return [body]


def _features(body, headers):
    if headers.get("Content-Type") != "application/geo+json":
        return None
    document = json.loads(DECODERS[headers.get("Content-Encoding", "")](body) or b"{}")
    return len(document.get("features", []))


def recorded(*args):
    app = create_app(*args)
    app.wsgi_app = Recorder(app.wsgi_app, Path(os.environ["REQUEST_LOG"]))
    return app


if __name__ == "__main__":
    webapp.serve.create_app = recorded
    main()
