"""Makes the files of Keras 3 and TensorFlow beside this script, and scores.csv of what the networks said.

Run with tensorflow-cpu 2.21.0, which brings Keras 3.15.1 here: python make_keras3.py FOLDER
Rows are [query_length, bm25, clicks_0, clicks_1], as TF-Ranking would concatenate one feature of the
query and two of items.
"""

import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import h5py
import keras
import numpy as np
import tensorflow as tf

OUT = pathlib.Path(sys.argv[1])
ROWS = np.array(
    [[3, 12.5, 0.25, -1], [3, 0.5, 2, 0], [1, -4, 0.125, 3], [7, 2, -0.5, 0.75], [0, 0, 0, 0]], np.float32)
SCORES = []
keras.utils.set_random_seed(10)


def fill(model, seed):
    """Weights as after a training: none is 0 or 1, variances are above 0."""
    draws = np.random.default_rng(seed)
    for variable in model.weights:
        if "seed" in variable.path:
            continue
        values = draws.normal(0, 0.6, variable.shape)
        variable.assign(np.abs(values) + 0.2 if variable.path.endswith("variance") else values)
    return model


def tower(batch_norm, epsilon=1e-3, activation="relu", dims=(4, 3), input_norm=False, dtype="float32"):
    layers = [keras.Input((4,))]
    if input_norm:
        layers.append(keras.layers.BatchNormalization(epsilon=epsilon, dtype=dtype))
    for width in dims:
        layers.append(keras.layers.Dense(width, dtype=dtype))
        if batch_norm:
            layers.append(keras.layers.BatchNormalization(epsilon=epsilon, dtype=dtype))
        layers.append(keras.layers.Activation(activation, dtype=dtype))
        layers.append(keras.layers.Dropout(0.5, dtype=dtype))
    return keras.Sequential(layers + [keras.layers.Dense(1, dtype=dtype)])


def said(name, scores, task="score"):
    for row, score in enumerate(np.asarray(scores, np.float64).reshape(-1)):
        SCORES.append(f"{name};{task};{row};{float(score)!r}")


normed = fill(tower(True, input_norm=True), 1)
normed.save_weights(OUT / "normed.weights.h5")
normed.export(OUT / "exported", verbose=False)
checkpoint = tf.train.Checkpoint(model=normed)
checkpoint.write(str(OUT / "checkpoints" / "ckpt-1"))
said("normed", normed(ROWS))

trained = fill(tower(True, epsilon=1e-5, activation="tanh"), 2)
trained.compile("adam", "mse")
trained.fit(ROWS, np.arange(5.0), epochs=2, verbose=0)
trained.save(OUT / "trained.keras")
trained.save(OUT / "trained.h5")
said("trained", trained(ROWS))

plain = fill(tower(False), 3)
plain.save_weights(OUT / "plain.weights.h5")
said("plain", plain(ROWS))

# Keras packs nothing; tools that copy HDF5 may.
with h5py.File(OUT / "packed.weights.h5", "w") as packed, h5py.File(OUT / "plain.weights.h5") as whole:
    for layer in ("dense", "dense_1", "dense_2"):
        for part in ("0", "1"):
            path = f"layers/{layer}/vars/{part}"
            packed.create_dataset(path, data=whole[path][()], compression="gzip", shuffle=True)

inputs = keras.Input((4,))
hidden = keras.layers.Dense(3, activation="relu", name="shared")(inputs)
both = fill(
    keras.Model(
        inputs, {task: keras.layers.Dense(1, name=task)(hidden) for task in ("click", "buy")}), 4)
both.save(OUT / "tasks.keras")
for task, scores in both(ROWS).items():
    said("tasks", scores, task)

for dtype in ("float16", "bfloat16", "float64"):
    typed = fill(tower(False, dims=(3,), dtype=dtype), 5)
    typed.save_weights(OUT / f"{dtype}.weights.h5")
    # The numbers of the type, computed with as float32.
    plain_again = tower(False, dims=(3,))
    plain_again.set_weights([np.asarray(tf.cast(w, tf.float32)) for w in typed.get_weights()])
    if dtype != "bfloat16":
        said(dtype, plain_again(ROWS))


class Ranker(keras.Model):
    """A network whose layers are fields."""

    def __init__(self):
        super().__init__()
        self.first = keras.layers.Dense(3, activation="relu")
        self.second = keras.layers.Dense(3, activation="relu")
        self.top = keras.layers.Dense(1)

    def call(self, rows):
        return self.top(self.second(self.first(rows)))


fields = Ranker()
fields(ROWS)
fill(fields, 6)
fields.save_weights(OUT / "fields.weights.h5")
said("fields", fields(ROWS))

with open(OUT / "scores.csv", "w") as file:
    file.write(f"# make_keras3.py, keras {keras.__version__}, tensorflow {tf.__version__}\n")
    file.write("network;task;row;score\n" + "\n".join(SCORES) + "\n")
