"""Makes the files of TF-Ranking beside this script, and tf_ranking.csv of what its scorers said.

Run with TF-Ranking 0.5.5 (its keras.model alone), tf-keras 2.21.0 and tensorflow-cpu 2.21.0:
python make_tf_ranking.py FOLDER

Features are query_length of the query, bm25 and the two clicks of items, and the token's embedding,
where there is one, under the name "aspect", so that it stands before bm25 in TF-Ranking's rows.
"""

import os
import pathlib
import sys

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf
from tensorflow_ranking.python.keras import layers as tfr_layers
from tensorflow_ranking.python.keras import model as tfr

OUT = pathlib.Path(sys.argv[1])
ROWS = np.array(
    [[3, 12.5, 0.25, -1], [3, 0.5, 2, 0], [3, -4, 0.125, 3]], np.float32)
TOKENS = np.array([[2], [0], [1]])
CONTEXT = {"query_length": tf.io.FixedLenFeature([1], tf.float32, 0.0)}
ITEMS = {
    "bm25": tf.io.FixedLenFeature([1], tf.float32, 0.0),
    "clicks": tf.io.FixedLenFeature([2], tf.float32, [0.0, 0.0]),
}
SCORES = []
tf.random.set_seed(10)


def inputs(with_tokens=False):
    lists = {
        "query_length": ROWS[:1, :1],
        "bm25": ROWS[None, :, 1:2],
        "clicks": ROWS[None, :, 2:],
        "__list_mask__": np.ones((1, 3), bool),
    }
    if with_tokens:
        lists["aspect"] = TOKENS[None]
    return {name: tf.constant(value) for name, value in lists.items()}


def fill(model, seed):
    """Weights as after a training: none is 0 or 1, variances are above 0."""
    draws = np.random.default_rng(seed)
    for variable in model.weights:
        values = draws.normal(0, 0.6, variable.shape)
        variable.assign(np.abs(values) + 0.2 if "variance" in variable.name else values)
    return model


def built(scorer, preprocess=None, items=None, name="ranker"):
    return tfr.ModelBuilder(
        input_creator=tfr.FeatureSpecInputCreator(CONTEXT, items or ITEMS),
        preprocessor=tfr.PreprocessorWithSpec(preprocess or {}),
        scorer=scorer,
        mask_feature_name="__list_mask__",
        name=name,
    ).build()


def said(name, scores, task="score"):
    for row, score in enumerate(np.asarray(scores, np.float64).reshape(-1)):
        SCORES.append(f"{name};{task};{row};{float(score)!r}")


# As the pipeline exports it, and with an optimizer's slots in a checkpoint and a whole model.
tower = fill(
    built(tfr.DNNScorer(hidden_layer_dims=[4, 3], output_units=1, activation="relu",
                        input_batch_norm=True, use_batch_norm=True)), 11)
tower.compile(tf.keras.optimizers.Adam(0.01), "mse")
tower.fit(inputs(), tf.constant([[2.0, 0.0, 1.0]]), epochs=3, verbose=0)
tf.saved_model.save(tower, str(OUT / "tf_ranking"), signatures={})
tf.train.Checkpoint(model=tower, optimizer=tower.optimizer).write(str(OUT / "checkpoints" / "ckpt-3"))
tower.save_weights(str(OUT / "tf_ranking.h5"))
said("tf_ranking", tower(inputs()))

bare = fill(
    built(tfr.DNNScorer(hidden_layer_dims=[4, 4], output_units=1, activation=None,
                        use_batch_norm=False), name="bare"), 12)
tf.saved_model.save(bare, str(OUT / "bare"), signatures={})
said("bare", bare(inputs()))

# A token's embedding stands among the features by its name.
embedded = fill(
    built(tfr.DNNScorer(hidden_layer_dims=[3], output_units=1, activation="tanh"),
          preprocess={"aspect": lambda ids: tf.reduce_mean(
              tf.keras.layers.Embedding(3, 2)(ids), axis=-2)},
          items={**ITEMS, "aspect": tf.io.FixedLenFeature([1], tf.int64, 0)}, name="embedded"), 13)
tf.saved_model.save(embedded, str(OUT / "embedded"), signatures={})
said("embedded", embedded(inputs(with_tokens=True)))


class TwoTasks(tfr.UnivariateScorer):
    """One tower, and a dense layer a task."""

    def _score_flattened(self, context_features, example_features):
        rows = tf.concat(
            [context_features[name] for name in sorted(context_features)]
            + [example_features[name] for name in sorted(example_features)], 1)
        tower = tfr_layers.create_tower([4], 3, activation="relu", use_batch_norm=False)(rows)
        return {
            task: tf.keras.layers.Dense(1, name=f"{task}_logits")(tf.nn.relu(tower))
            for task in ("click", "buy")
        }


tasks = fill(built(TwoTasks(), name="tasks"), 14)
tasks.save_weights(str(OUT / "two_tasks.h5"))
for task, scores in tasks(inputs()).items():
    said("two_tasks", scores, task)

# An estimator's checkpoint: names of variables are the keys, and a slot stands beside each.
with tf.Graph().as_default():
    made = []
    for layer, rows, width in (("dense", 4, 3), ("dense_1", 3, 1)):
        draws = np.random.default_rng(rows)
        for part, shape in (("kernel", (rows, width)), ("bias", (width,))):
            values = draws.normal(0, 0.6, shape).astype(np.float32)
            for name in (f"{layer}/{part}", f"{layer}/{part}/Adagrad"):
                made.append(tf.compat.v1.get_variable(name, initializer=values))
    made.append(tf.compat.v1.get_variable("global_step", initializer=np.int64(7)))
    with tf.compat.v1.Session() as session:
        session.run(tf.compat.v1.global_variables_initializer())
        tf.compat.v1.train.Saver().save(
            session, str(OUT / "checkpoints" / "model.ckpt-7"), write_meta_graph=False)
        kernel, bias, kernel_1, bias_1 = (session.run(made[k]) for k in (0, 2, 4, 6))
said("estimator", np.maximum(ROWS @ kernel + bias, 0) @ kernel_1 + bias_1)

# Types of numbers, and tensors that a partitioner split.
with tf.Graph().as_default():
    draws = np.random.default_rng(15)
    kernel, bias, kernel_1, bias_1 = (
        tf.compat.v1.get_variable(
            name, initializer=tf.cast(draws.normal(0, 0.6, shape).astype(np.float32), dtype))
        for name, shape, dtype in (
            ("dense/kernel", (4, 3), tf.bfloat16), ("dense/bias", (3,), tf.float16),
            ("dense_1/kernel", (3, 1), tf.float64), ("dense_1/bias", (1,), tf.float32)))
    tf.compat.v1.get_variable("split/kernel", initializer=tf.zeros((4, 2)),
                              partitioner=tf.compat.v1.fixed_size_partitioner(2))
    tf.compat.v1.get_variable("quantized/kernel", initializer=tf.cast([[1, 2]], tf.int8))
    with tf.compat.v1.Session() as session:
        session.run(tf.compat.v1.global_variables_initializer())
        tf.compat.v1.train.Saver().save(
            session, str(OUT / "checkpoints" / "types-1"), write_meta_graph=False)
        kernel, bias, kernel_1, bias_1 = (
            session.run(tf.cast(one, tf.float32)) for one in (kernel, bias, kernel_1, bias_1))
said("types", np.maximum(ROWS @ kernel + bias, 0) @ kernel_1 + bias_1)

with open(OUT / "tf_ranking.csv", "w") as file:
    file.write(f"# make_tf_ranking.py, TF-Ranking 0.5.5, tf-keras 2.21.0, tensorflow {tf.__version__}\n")
    file.write("network;task;row;score\n" + "\n".join(SCORES) + "\n")
