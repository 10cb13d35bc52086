"""Asks huggingface_hub for files of a model and says where they are and what it thinks of the cache.

HubPythonTest runs it:  hub_files.py find|download MODEL REVISION FILE...
"find" looks into the cache and nowhere else.
"""

import json
import sys

from huggingface_hub import hf_hub_download, scan_cache_dir, try_to_load_from_cache

how, model, revision, *files = sys.argv[1:]

paths = [hf_hub_download(model, file, revision=revision, local_files_only=how == "find") for file in files]
absent = try_to_load_from_cache(model, "special_tokens_map.json", revision=revision)
cache = scan_cache_dir()
(repo,) = cache.repos

print(
    json.dumps(
        {
            "paths": paths,
            "warnings": [str(warning) for warning in cache.warnings],
            "size": repo.size_on_disk,
            "refs": sorted(repo.refs),
            "known_absent": absent is not None and not isinstance(absent, str),
        }
    )
)
