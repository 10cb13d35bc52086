"""Runs the Milvus Lite server until standard input is closed, so that it never outlives the program that started it."""
import os
import sys
import threading


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()

from milvus_lite.cmdline import main  # noqa: E402  (the import is slow; the watch comes first)

sys.exit(main())
