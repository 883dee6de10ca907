package io.rankline.peers;

import java.util.OptionalDouble;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A ranker that is trained on DataFrames by several workers. */
interface Peer {

  /** What people call it. */
  String title();

  /**
   * Trains on the columns of {@link MadeUpLog}.
   *
   * @param workers number of workers, 1 or more
   * @param seed of whatever it draws
   */
  Fitted fit(Dataset<Row> items, int workers, long seed);

  /**
   * A trained model.
   *
   * @param model adds the column {@code prediction}
   * @param loss mean training loss of the last epoch, where there is one
   * @param parameters all of them, as bytes
   */
  record Fitted(Transformer model, OptionalDouble loss, byte[] parameters) {}
}
