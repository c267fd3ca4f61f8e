#!/usr/bin/env python3
"""Makes the tiny models: random weights in the forms that the two real models do not have.

    pip install numpy tokenizers gguf
    python3 make_tiny.py              everything
    python3 make_tiny.py --weights    only the files with weights, which are not kept; wants no tokenizers
    python3 make_tiny.py --compare    compares what is expected of pairs with transformers (and torch) besides

`tiny-bert`: a Hugging Face folder, WordPiece, F16, first-token pooling.
`tiny-distilbert`: the same tokenizer under DistilBERT's names of settings and tensors, without token types.
`tiny-xlmr`: a Hugging Face folder, Unigram with a compiled character map, BF16, mean pooling, positions that
start at 2. `tiny-q8_0.gguf`, `tiny-q4_0.gguf`, `tiny-f16.gguf`: WordPiece in llama.cpp's spelling.
`tiny-bert-rerank`, `tiny-xlmr-nli`, `tiny-rerank-f16.gguf`: cross-encoders with one, three and one classes.
Each has its expected ids (by Hugging Face's tokenizers) and embeddings (by NumPy in float64, from the weights
as they are stored) in expected.json; for each token its bytes in the text (by the tokenizers, but that a lone
"▁" has none and a composed character has all of them), and for some texts each token's vector. What is expected
of the cross-encoders is in expected-pairs.json.
"""
import base64
import json
import math
import struct
import sys
import unicodedata
from pathlib import Path

import gguf
import numpy as np

HERE = Path(__file__).parent
WEIGHTS_ONLY = "--weights" in sys.argv[1:]
COMPARE = "--compare" in sys.argv[1:]
HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 32, 2, 4, 64, 24
TEXTS = ["", "hello world", "Hello, WORLD!", "unaffable neighbours", "héllo wórld", "a b c d e f g h i j k l m n o p q r s t u v w x",
         "Ａ ①  ﬁn", "e\u0301te\u0301", "hello\nworld", "<mask> hello", "日本 hello", "[MASK]ed", "zzzz", " hello  1 "]
PAIRS = [("", ""), ("hello", ""), ("", "hello"), ("hello world", "world hello"), ("un", "unaffable neighbours"),
         ("a b c d e f g h i j k l m n o", "hello"), ("hello", "a b c d e f g h i j k l m n o p q r s t u v w x"),
         ("a b c d e f g h i j k l m n o p", "q r s t u v w x y z a b c"),
         ("q r s t u v w x y z a b c", "a b c d e f g h i j k l m n o p"), ("a b c d e f g h i j", "a b c d e f g h i j"),
         ("héllo wórld", "Ａ ①  ﬁn"), ("日本 hello", "zzzz"), ("hello, hello!", "world world world")]
# Texts whose tokens' vectors are kept, too.
STATED = ["hello world", "unaffable neighbours", "e\u0301te\u0301"]


def char_map(rules):
    """A SentencePiece compiled rule: a darts-clone trie with one block of 256 units for each node."""
    units, text = [0] * 256, b""
    trie = {}
    for key, value in rules.items():
        node = trie
        for byte in key.encode():
            node = node.setdefault(byte, {})
        node[None] = len(text)
        text += value.encode() + b"\0"

    def place(node, at):
        base = len(units)
        units.extend([0] * 256)
        units[at] |= (at ^ base) << 10
        if None in node:
            units[at] |= 1 << 8
            units[base] = 0x80000000 | node[None]
        for byte, child in node.items():
            if byte is not None:
                units[base ^ byte] = byte
                place(child, base ^ byte)
    place(trie, 0)
    data = struct.pack(f"<{len(units)}I", *units)
    return struct.pack("<I", len(data)) + data + text


def weights(vocabulary, positions, types, seed):
    random = np.random.default_rng(seed)

    def matrix(*shape, scale=0.25):
        return (random.standard_normal(shape) * scale).astype(np.float32)
    w = {"embeddings.word_embeddings.weight": matrix(vocabulary, HIDDEN, scale=1),
         "embeddings.position_embeddings.weight": matrix(positions, HIDDEN, scale=0.3),
         "embeddings.token_type_embeddings.weight": matrix(types, HIDDEN),
         "embeddings.LayerNorm.weight": 1 + matrix(HIDDEN), "embeddings.LayerNorm.bias": matrix(HIDDEN)}
    for i in range(LAYERS):
        p = f"encoder.layer.{i}."
        for name, out, inner in (("attention.self.query", HIDDEN, HIDDEN), ("attention.self.key", HIDDEN, HIDDEN),
                                 ("attention.self.value", HIDDEN, HIDDEN),
                                 ("attention.output.dense", HIDDEN, HIDDEN),
                                 ("intermediate.dense", INNER, HIDDEN), ("output.dense", HIDDEN, INNER)):
            w[f"{p}{name}.weight"], w[f"{p}{name}.bias"] = matrix(out, inner), matrix(out)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            w[f"{p}{name}.weight"], w[f"{p}{name}.bias"] = 1 + matrix(HIDDEN), matrix(HIDDEN)
    return w


def states(w, ids, offset, types=None):
    w = {k: v.astype(np.float64) for k, v in w.items()}

    def norm(x, name):
        x = x - x.mean(-1, keepdims=True)
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12) * w[name + ".weight"] + w[name + ".bias"]

    def linear(x, name):
        return x @ w[name + ".weight"].T + w[name + ".bias"]
    n, width = len(ids), HIDDEN // HEADS
    x = (w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][offset:offset + n]
         + w["embeddings.token_type_embeddings.weight"][types or [0] * n])
    x = norm(x, "embeddings.LayerNorm")
    for i in range(LAYERS):
        p = f"encoder.layer.{i}."
        q, k, v = (linear(x, p + "attention.self." + s).reshape(n, HEADS, width).transpose(1, 0, 2)
                   for s in ("query", "key", "value"))
        scores = q @ k.transpose(0, 2, 1) / math.sqrt(width)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = (scores / scores.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(n, HIDDEN)
        x = norm(x + linear(mixed, p + "attention.output.dense"), p + "attention.output.LayerNorm")
        y = linear(x, p + "intermediate.dense")
        y = y * 0.5 * (1 + np.vectorize(math.erf)(y / math.sqrt(2)))
        x = norm(x + linear(y, p + "output.dense"), p + "output.LayerNorm")
    return x


def unit(x):
    return (x / np.linalg.norm(x, axis=-1, keepdims=True)).round(6).tolist()


def embed(w, ids, offset, pooling):
    x = states(w, ids, offset)
    return unit(x[0] if pooling == "first" else x.mean(0))


def with_head(w, classes, seed):
    """Weights with a classification head, under the names that this script computes with."""
    random = np.random.default_rng(seed)
    w = dict(w)
    for name, rows in (("dense", HIDDEN), ("output", classes)):
        w[f"{name}.weight"] = (random.standard_normal((rows, HIDDEN)) * 0.3).astype(np.float32)
        w[f"{name}.bias"] = (random.standard_normal(rows) * 0.3).astype(np.float32)
    return w


def logits(w, ids, types, offset):
    x = states(w, ids, offset, types)[0]
    x = np.tanh(x @ w["dense.weight"].T.astype(np.float64) + w["dense.bias"])
    return (x @ w["output.weight"].T.astype(np.float64) + w["output.bias"]).round(6).tolist()


def source(text, piece, start, end, special):
    """The bytes of a text that a token stands for, from the characters that Hugging Face says."""
    if special and start == end:
        return None
    if piece == "▁":
        end = start
    elif not piece.isascii():
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
    return [len(text[:start].encode()), len(text[:end].encode())]


def half(w):
    return {k: v.astype(np.float16) for k, v in w.items()}


def brain(w):
    """Rounds to bf16 and keeps float32."""
    out = {}
    for k, v in w.items():
        bits = v.view(np.uint32)
        bits = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000
        out[k] = bits.astype(np.uint32).view(np.float32)
    return out


def safetensors(path, w, kind):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, value in w.items():
        raw = value.tobytes() if kind == "F16" else (value.view(np.uint32) >> 16).astype(np.uint16).tobytes()
        header[name] = {"dtype": kind, "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    ids = np.arange(4, dtype=np.int64).tobytes()
    header["embeddings.position_ids"] = {"dtype": "I64", "shape": [1, 4], "data_offsets": [len(data), len(data) + len(ids)]}
    head = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(head)) + head + data + ids)


def write(path, value):
    """Writes a text file of a model."""
    if not WEIGHTS_ONLY:
        path.write_text(json.dumps(value))


def expected(definition, w, offset, pooling, limit):
    if WEIGHTS_ONLY:
        return None
    from tokenizers import Tokenizer
    tokenizer = Tokenizer.from_str(json.dumps(definition))
    tokenizer.enable_truncation(limit)
    out = []
    for text in TEXTS:
        read = tokenizer.encode(text)
        entry = {"text": text, "ids": read.ids, "embedding": embed(w, read.ids, offset, pooling),
                 "bytes": [source(text, piece, *place, mask) for piece, place, mask
                           in zip(read.tokens, read.offsets, read.special_tokens_mask)]}
        if text in STATED:
            entry["states"] = unit(states(w, read.ids, offset))
        out.append(entry)
    return out


def expected_pairs(definition, w, offset, limit):
    if WEIGHTS_ONLY:
        return None
    from tokenizers import Tokenizer
    tokenizer = Tokenizer.from_str(json.dumps(definition))
    tokenizer.enable_truncation(limit, strategy="longest_first")
    out = []
    for first, second in PAIRS:
        read = tokenizer.encode(first, second)
        out.append({"first": first, "second": second, "ids": read.ids,
                    "logits": logits(w, read.ids, read.type_ids, offset)})
    return out


def compare(folder, pairs):
    """Holds what is expected of pairs against transformers' own classes."""
    if not COMPARE:
        return
    import torch
    from transformers import AutoModelForSequenceClassification, PreTrainedTokenizerFast
    model = AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))
    limit = json.loads((folder / "tokenizer.json").read_text())["truncation"]
    # transformers takes an empty second text for none.
    pairs = [pair for pair in pairs if pair["second"]]
    for pair in pairs:
        read = tokenizer(pair["first"], pair["second"], truncation=True, max_length=limit["max_length"] if limit else POSITIONS,
                         return_tensors="pt", return_token_type_ids=True)
        assert read["input_ids"][0].tolist() == pair["ids"], (folder, pair)
        if model.config.type_vocab_size < 2:
            del read["token_type_ids"]
        with torch.no_grad():
            theirs = model(**{k: v for k, v in read.items() if k != "attention_mask"}).logits[0].numpy()
        assert np.abs(theirs - np.array(pair["logits"])).max() < 1e-4, (folder, pair, theirs)
    print(f"{folder.name}: {len(pairs)} pairs as transformers has them")


CONFIG = {"hidden_size": HIDDEN, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "intermediate_size": INNER,
          "hidden_act": "gelu", "layer_norm_eps": 1e-12}
results = {}

# A WordPiece model.
pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "hello", "world", "un", "##aff", "##able", "neighbour", "##s", ",",
          "!", "<", ">", "mask", "##ed", "日", "本", "ete", "[", "]"] + [chr(c) for c in range(97, 123)] + ["##" + c for c in "hzo"]
special = [{"id": i, "content": p, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
           for i, p in enumerate(pieces[:5])]
word_piece = {
    "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
    "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "post_processor": {"type": "TemplateProcessing",
                       "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                                  {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                       "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                                {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
                                {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
                       "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                                          "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
    "decoder": None,
    "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
              "vocab": {p: i for i, p in enumerate(pieces)}},
}
# The encoders' own has no form for pairs. Their fingerprints are in the golden libraries: it must not change.
encoder_piece = {**word_piece, "post_processor": {
    **word_piece["post_processor"],
    "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}]}}
folder = HERE / "tiny-bert"
(folder / "1_Pooling").mkdir(parents=True, exist_ok=True)
bert = half(weights(len(pieces), POSITIONS, 2, 1))
write(folder / "tokenizer.json", encoder_piece)
write(folder / "config.json",
      {"model_type": "bert", "vocab_size": len(pieces), "max_position_embeddings": POSITIONS, "type_vocab_size": 2, **CONFIG})
write(folder / "1_Pooling" / "config.json", {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False})
write(folder / "config_sentence_transformers.json", {"prompts": {"query": "hello: "}})
safetensors(folder / "model.safetensors", {"bert." + k: v for k, v in bert.items()}, "F16")
results["tiny-bert"] = expected(word_piece, bert, 0, "first", POSITIONS)

# The same shape as a cross-encoder with one class: pooler and classifier.
folder = HERE / "tiny-bert-rerank"
folder.mkdir(exist_ok=True)
bert_rerank = half(with_head(weights(len(pieces), POSITIONS, 2, 4), 1, 5))
write(folder / "tokenizer.json", word_piece)
write(folder / "config.json",
      {"model_type": "bert", "vocab_size": len(pieces), "max_position_embeddings": POSITIONS, "type_vocab_size": 2,
       "architectures": ["BertForSequenceClassification"], "id2label": {"0": "LABEL_0"}, "label2id": {"LABEL_0": 0}, **CONFIG})
BERT_HEAD = {"dense": "bert.pooler.dense", "output": "classifier"}
safetensors(folder / "model.safetensors",
            {(BERT_HEAD[k.split(".")[0]] + "." + k.split(".")[1] if k.split(".")[0] in BERT_HEAD else "bert." + k): v
             for k, v in bert_rerank.items()}, "F16")
results["tiny-bert-rerank"] = expected_pairs(word_piece, bert_rerank, 0, POSITIONS)
compare(folder, results["tiny-bert-rerank"])

# The WordPiece model as DistilBERT: other names, no types of tokens.
DISTILBERT = {"attention.self.query": "attention.q_lin", "attention.self.key": "attention.k_lin",
              "attention.self.value": "attention.v_lin", "attention.output.dense": "attention.out_lin",
              "attention.output.LayerNorm": "sa_layer_norm", "intermediate.dense": "ffn.lin1",
              "output.dense": "ffn.lin2", "output.LayerNorm": "output_layer_norm"}
folder = HERE / "tiny-distilbert"
folder.mkdir(exist_ok=True)
distilbert = half(weights(len(pieces), POSITIONS, 2, 3))
distilbert["embeddings.token_type_embeddings.weight"] *= 0
write(folder / "tokenizer.json", encoder_piece)
write(folder / "config.json",
      {"model_type": "distilbert", "vocab_size": len(pieces), "max_position_embeddings": POSITIONS, "dim": HIDDEN,
       "n_layers": LAYERS, "n_heads": HEADS, "hidden_dim": INNER, "activation": "gelu", "sinusoidal_pos_embds": False})
stored = {}
for long, value in distilbert.items():
    stem, leaf = long.rsplit(".", 1)
    if stem.startswith("encoder"):
        _, _, layer, rest = stem.split(".", 3)
        stem = f"transformer.layer.{layer}.{DISTILBERT[rest]}"
    if "token_type" not in stem:
        stored[f"distilbert.{stem}.{leaf}"] = value
safetensors(folder / "model.safetensors", stored, "F16")
results["tiny-distilbert"] = expected(word_piece, distilbert, 0, "mean", POSITIONS)

# A Unigram model, as transformers converts XLM-RoBERTa.
rules = {"Ａ": "A", "①": "1", "ﬁ": "fi", "e\u0301": "é", "\u00a0": " ", "\n": " ", "\u3000": " "}
scored = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -3.0), ("▁hello", -4.0), ("▁world", -4.5),
          ("hello", -6.0), ("▁h", -5.0), ("éllo", -7.0), ("▁A", -4.0), ("▁1", -4.0), ("fi", -5.0), ("n", -5.5),
          ("é", -5.0), ("t", -5.0), ("▁un", -5.0), ("aff", -5.0), ("able", -5.0), ("ö", -8.0), ("<mask>", 0.0)]
scored += [(chr(c), -6.0 - c / 100) for c in range(97, 123) if chr(c) not in ("n", "t")]
unigram = {
    "version": "1.0", "truncation": {"max_length": 16, "strategy": "LongestFirst", "stride": 0, "direction": "Right"},
    "padding": None,
    "added_tokens": [{"id": i, "content": scored[i][0], "single_word": False, "lstrip": i == 20, "rstrip": False,
                      "normalized": False, "special": True} for i in (0, 1, 2, 3, 20)],
    "normalizer": {"type": "Sequence", "normalizers": [
        {"type": "Precompiled", "precompiled_charsmap": base64.b64encode(char_map(rules)).decode()},
        {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]},
    "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
        {"type": "WhitespaceSplit"}, {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}]},
    "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": True, "add_prefix_space": True},
    "decoder": None, "model": {"type": "Unigram", "unk_id": 3, "vocab": scored, "byte_fallback": False},
}
folder = HERE / "tiny-xlmr"
folder.mkdir(exist_ok=True)
xlmr = brain(weights(len(scored), POSITIONS + 2, 1, 2))
write(folder / "tokenizer.json", unigram)
write(folder / "config.json",
      {"model_type": "xlm-roberta", "vocab_size": len(scored), "max_position_embeddings": POSITIONS + 2, "pad_token_id": 1,
       "type_vocab_size": 1, **CONFIG})
safetensors(folder / "model.safetensors", xlmr, "BF16")
results["tiny-xlmr"] = expected(unigram, xlmr, 2, "mean", 16)

# The Unigram model as a cross-encoder with three classes, as for natural language inference.
folder = HERE / "tiny-xlmr-nli"
folder.mkdir(exist_ok=True)
xlmr_nli = brain(with_head(weights(len(scored), POSITIONS + 2, 1, 6), 3, 7))
NLI = ["contradiction", "entailment", "neutral"]
paired = {**unigram, "post_processor": {
    "type": "TemplateProcessing",
    "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
               {"SpecialToken": {"id": "</s>", "type_id": 0}}],
    "pair": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
             {"SpecialToken": {"id": "</s>", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}},
             {"Sequence": {"id": "B", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
    "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]},
                       "</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]}}}}
write(folder / "tokenizer.json", paired)
write(folder / "config.json",
      {"model_type": "xlm-roberta", "vocab_size": len(scored), "max_position_embeddings": POSITIONS + 2, "pad_token_id": 1,
       "type_vocab_size": 1, "architectures": ["XLMRobertaForSequenceClassification"],
       "id2label": {str(i): label for i, label in enumerate(NLI)}, "label2id": {label: i for i, label in enumerate(NLI)},
       **CONFIG})
XLMR_HEAD = {"dense": "classifier.dense", "output": "classifier.out_proj"}
safetensors(folder / "model.safetensors",
            {(XLMR_HEAD[k.split(".")[0]] + "." + k.split(".")[1] if k.split(".")[0] in XLMR_HEAD else "roberta." + k): v
             for k, v in xlmr_nli.items()}, "BF16")
results["tiny-xlmr-nli"] = expected_pairs(paired, xlmr_nli, 2, 16)
compare(folder, results["tiny-xlmr-nli"])

# The WordPiece model as GGUF, in three kinds of weights.
NAMES = {"attention.self.query": "attn_q", "attention.self.key": "attn_k", "attention.self.value": "attn_v",
         "attention.output.dense": "attn_output", "attention.output.LayerNorm": "attn_output_norm",
         "intermediate.dense": "ffn_up", "output.dense": "ffn_down", "output.LayerNorm": "layer_output_norm"}
TOP = {"embeddings.word_embeddings": "token_embd", "embeddings.position_embeddings": "position_embd",
       "embeddings.token_type_embeddings": "token_types", "embeddings.LayerNorm": "token_embd_norm"}
HEAD = {"dense": "cls", "output": "cls.output"}
for kind, source_weights in (("F16", bert), ("Q8_0", bert), ("Q4_0", bert), ("F16", bert_rerank)):
    is_rerank = source_weights is bert_rerank
    name = f"tiny-{'rerank-' if is_rerank else ''}{kind.lower()}.gguf"
    out = gguf.GGUFWriter(HERE / name, "bert")
    out.add_context_length(POSITIONS)
    out.add_embedding_length(HIDDEN)
    out.add_feed_forward_length(INNER)
    out.add_block_count(LAYERS)
    out.add_head_count(HEADS)
    out.add_layer_norm_eps(1e-12)
    out.add_causal_attention(False)
    out.add_pooling_type(gguf.PoolingType.RANK if is_rerank else gguf.PoolingType.CLS)
    if is_rerank:
        out.add_classifier_output_labels(["relevance"])
    out.add_tokenizer_model("bert")
    out.add_token_list([p if p.startswith("[") and len(p) > 2 else p[2:] if p.startswith("##") else "▁" + p for p in pieces])
    out.add_token_types([3] * 5 + [1] * (len(pieces) - 5))
    out.add_token_type_count(2)
    out.add_bos_token_id(2)
    out.add_sep_token_id(3)
    out.add_unk_token_id(1)
    out.add_pad_token_id(0)
    stored = {}
    for long, value in source_weights.items():
        stem, leaf = long.rsplit(".", 1)
        if stem in TOP or stem in HEAD:
            short = {**TOP, **HEAD}[stem]
        else:
            _, _, layer, rest = stem.split(".", 3)
            short = f"blk.{layer}.{NAMES[rest]}"
        value = value.astype(np.float32)
        if value.ndim == 2:
            quantization = gguf.GGMLQuantizationType[kind]
            packed = gguf.quants.quantize(value, quantization)
            stored[long] = gguf.quants.dequantize(packed, quantization).astype(np.float32)
            out.add_tensor(f"{short}.{leaf}", packed, raw_dtype=quantization)
        else:
            stored[long] = value
            out.add_tensor(f"{short}.{leaf}", value)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()
    definition = {**word_piece, "added_tokens": []}
    results[name] = (expected_pairs(definition, stored, 0, POSITIONS) if is_rerank
                     else expected(definition, stored, 0, "first", POSITIONS))

if not WEIGHTS_ONLY:
    pairs = {name: value for name, value in results.items() if "first" in value[0]}
    for file, value in (("expected.json", {k: v for k, v in results.items() if k not in pairs}), ("expected-pairs.json", pairs)):
        (HERE / file).write_text(json.dumps(value, separators=(",", ":")) + "\n")
