package io.rankline.peers;

import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.spark.ml.NeuralRanker;
import io.rankline.spark.ml.NeuralRankerModel;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rankline with {@link NeuralRanker}'s defaults, but without batch norm and dropout, which workers
 * take from their own share of a batch. Features of web search have long tails, hence log1p.
 */
record RanklinePeer() implements Peer {

  @Override
  public String title() {
    return "Rankline";
  }

  @Override
  public Fitted fit(Dataset<Row> items, int workers, long seed) {
    NeuralRankerModel model =
        new NeuralRanker()
            .setGroupCol(MadeUpLog.GROUP)
            .setLabelCol(MadeUpLog.LABEL)
            .setFeaturesCol(MadeUpLog.FEATURES)
            .setNumWorkers(workers)
            .setSeed(seed)
            .setPreprocess("{ all_examples = log1p }")
            .setScorer(
                "{ type = dnn, hidden_layer_dims = [256, 128, 64],"
                    + " use_batch_norm = false, dropout = 0 }")
            .fit(items);
    List<EpochResult> epochs = model.epochs();
    return new Fitted(
        model,
        epochs.get(epochs.size() - 1).value("loss"),
        bytes(ModelState.of(model.saved().model().graph()).parameters()));
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
