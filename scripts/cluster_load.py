"""Searches a server from many clients at once and counts what they see.

    TOKEN=… cluster_load.py ADDRESS CLIENTS SECONDS

Prints one JSON object: requests, failures by kind, and latencies in milliseconds. The exit status is 1 when any
request failed.
"""

import collections
import http.client
import json
import os
import sys
import threading
import time
import urllib.parse

QUERIES = [
    "placas solares", "limpieza de los paneles", "solar panels", "renew the lease", "acta de la reunión",
    "compost", "how often are the panels cleaned", "reparto de los excedentes", "avería del inversor", "library hours",
]


def client(address, number, until, results):
    """Searches until a moment; each result is the second, the milliseconds and what went wrong, if anything."""
    connection = None
    count = number
    while time.monotonic() < until:
        query = urllib.parse.quote(QUERIES[count % len(QUERIES)])
        count += 1
        start = time.monotonic()
        try:
            if connection is None:
                connection = http.client.HTTPConnection(address, timeout=60)
            connection.request(
                "GET",
                f"/api/v1/search?query={query}&limit=5",
                headers={"Authorization": "Bearer " + os.environ["TOKEN"]},
            )
            reply = connection.getresponse()
            body = reply.read()
            wrong = None
            if reply.status != 200:
                wrong = str(reply.status)
            elif not json.loads(body)["hits"]:
                wrong = "no hits"
        except (OSError, http.client.HTTPException, ValueError) as error:
            wrong = type(error).__name__
            connection = None
        results.append(((time.monotonic() - start) * 1000, wrong))


def main():
    address = urllib.parse.urlsplit(sys.argv[1]).netloc
    clients, seconds = int(sys.argv[2]), float(sys.argv[3])
    results = []
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=client, args=(address, number, until, results)) for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    failures = collections.Counter(wrong for _, wrong in results if wrong)
    times = sorted(taken for taken, wrong in results if not wrong)
    print(
        json.dumps(
            {
                "clients": clients,
                "requests": len(results),
                "failures": failures,
                "perSecond": round(len(results) / seconds, 1),
                "p50": round(times[len(times) // 2], 1),
                "p99": round(times[len(times) * 99 // 100], 1),
                "maximum": round(times[-1], 1),
            }
        )
    )
    return 1 if failures else 0


sys.exit(main())
