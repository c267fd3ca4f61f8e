#!/usr/bin/env python3
"""Makes golden-e5.json and golden-minilm.json with ONNX Runtime and Hugging Face's tokenizers.

    pip install numpy onnx onnxruntime tokenizers safetensors
    python3 make_goldens.py --reference encoder_reference.py --dir DIR

`encoder_reference.py` is the peer that the encoder is measured against; `DIR` is what its `prepare` wrote
from the two models' original files. Each golden file holds, for each text of golden_texts.py, the token
ids as the model sees them (prefix "passage: " for e5, truncated) and all embeddings as base64 of f16.
"""
import argparse
import base64
import importlib.util
import json
import types
from pathlib import Path

import numpy as np

from golden_texts import texts

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--reference", required=True)
parser.add_argument("--dir", required=True)
options = parser.parse_args()
spec = importlib.util.spec_from_file_location("encoder_reference", options.reference)
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)

here = Path(__file__).parent
all_texts = texts()
for model in ("e5", "minilm"):
    encoder = reference.Encoder(
        types.SimpleNamespace(dir=options.dir, model=model, role="passage", int8=False, threads=2))
    ids = encoder.ids(all_texts)
    vectors = np.concatenate([encoder.run([one]) for one in ids]).astype("<f2")
    golden = {
        "dimensions": vectors.shape[1],
        "embeddings": base64.b64encode(vectors.tobytes()).decode(),
        "texts": [{"text": text, "ids": one} for text, one in zip(all_texts, ids)],
    }
    path = here / f"golden-{model}.json"
    path.write_text(json.dumps(golden, ensure_ascii=True, separators=(",", ":")) + "\n")
    print(path.name, path.stat().st_size, "bytes")
