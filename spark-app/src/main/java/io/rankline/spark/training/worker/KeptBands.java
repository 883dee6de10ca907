package io.rankline.spark.training.worker;

import io.rankline.spark.training.data.Band;
import java.util.Iterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.RDDBlockId;
import scala.Option;
import scala.collection.JavaConverters;

/** A worker's partition once more, from where Spark keeps it. */
final class KeptBands {

  private static final scala.reflect.ClassTag<Band> BAND =
      scala.reflect.ClassTag$.MODULE$.apply(Band.class);

  private KeptBands() {}

  /**
   * From its first band on.
   *
   * @param rdd number of the RDD
   * @throws IllegalStateException if it is kept no longer
   */
  static Iterator<Band> of(int rdd, int partition) {
    Option<BlockResult> block =
        SparkEnv.get().blockManager().get(new RDDBlockId(rdd, partition), BAND);
    if (block.isEmpty()) {
      throw new IllegalStateException(
          "the lists of worker %s are no longer kept on this executor; the stage has to run again"
              .formatted(partition));
    }
    return JavaConverters.asJavaIterator(block.get().data().map(band -> (Band) band));
  }
}
