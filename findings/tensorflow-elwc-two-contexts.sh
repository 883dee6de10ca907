#!/usr/bin/env bash
# TensorFlow's decode_proto (tensorflow-cpu 2.21.0): of a record whose message field comes twice it keeps the last one,
# where protocol buffers merge both.
#
# An ExampleListWithContext (ELWC) has its context in field 2, which is not repeated. The encoding of protocol buffers
# lets a writer append a second field 2: parsers have to merge the two messages, and those of protobuf do. A writer that
# adds a feature to the context of finished records by appending bytes is right by that rule. tf.io.decode_proto, with
# which TF-Ranking takes such records apart, says that there is one context (sizes [1]) and returns the last: every
# feature of the first one is gone, without an error.
#
# The record here: one item; a context with the feature "country", then one with "qid".
#
# Seen (CPython 3.11): protobuf country and qid; decode_proto sizes [1], qid alone; with both features in one field 2
# decode_proto gives both.
# Fails if decode_proto merges, or if protobuf does not.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --no-input --disable-pip-version-check tensorflow-cpu==2.21.0

cat > contexts.py <<'PY'
import tensorflow as tf
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from tensorflow.core.example import example_pb2, feature_pb2

FIELD = descriptor_pb2.FieldDescriptorProto
EXAMPLE = ".tensorflow.Example"
NAME = "ranking.ExampleListWithContext"

elwc = descriptor_pb2.FileDescriptorProto(
    name="elwc.proto", package="ranking", syntax="proto3", dependency=[example_pb2.DESCRIPTOR.name])
message = elwc.message_type.add(name="ExampleListWithContext")
for name, number, label in (("examples", 1, FIELD.LABEL_REPEATED), ("context", 2, FIELD.LABEL_OPTIONAL)):
    message.field.add(name=name, number=number, label=label, type=FIELD.TYPE_MESSAGE, type_name=EXAMPLE)

files = descriptor_pb2.FileDescriptorSet()
for known in (feature_pb2.DESCRIPTOR, example_pb2.DESCRIPTOR):
    known.CopyToProto(files.file.add())
files.file.append(elwc)
pool = descriptor_pool.DescriptorPool()
for file in files.file:
    pool.Add(file)
Elwc = message_factory.GetMessageClass(pool.FindMessageTypeByName(NAME))


def example(**features):
    made = tf.train.Example()
    for name, value in features.items():
        made.features.feature[name].int64_list.value.append(value)
    return made.SerializeToString()


def field(number, payload):
    assert len(payload) < 128
    return bytes([number << 3 | 2, len(payload)]) + payload


def decoded(record):
    sizes, values = tf.io.decode_proto(
        record, NAME, ["context"], [tf.string], descriptor_source=b"bytes://" + files.SerializeToString())
    return sizes.numpy().tolist(), [sorted(tf.train.Example.FromString(v).features.feature) for v in values[0].numpy()]


item = field(1, example(price=3))
twice = item + field(2, example(country=49)) + field(2, example(qid=7))
once = item + field(2, example(country=49, qid=7))
merged = sorted(Elwc.FromString(twice).context.features.feature)
print("tensorflow", tf.__version__)
print("two fields, protobuf:", merged)
print("two fields, decode_proto:", *decoded(twice))
print("one field, decode_proto:", *decoded(once))
assert merged == ["country", "qid"]
assert decoded(twice) == ([1], [["qid"]])
assert decoded(once) == ([1], [["country", "qid"]])
PY
TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python contexts.py 2>stderr || { cat stderr >&2; exit 1; }
