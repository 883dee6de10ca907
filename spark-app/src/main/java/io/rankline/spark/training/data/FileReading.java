package io.rankline.spark.training.data;

import io.rankline.io.Storage;
import io.rankline.model.input.BatchEncoder;
import io.rankline.pipeline.input.shard.DatasetFiles;
import io.rankline.pipeline.input.shard.OpenFile;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What a task needs to read files and send their lists on.
 *
 * @param firsts number of the first list of each file among all
 * @param skipped counts damaged records that were left out
 * @param lostBytes counts about how many bytes of the files they took
 * @param damage is called with the first of them in each file
 */
record FileReading(
    DatasetFiles files,
    long[] firsts,
    Deal deal,
    BatchEncoder encoder,
    Broadcast<SerializableConfiguration> configuration,
    LongAccumulator skipped,
    LongAccumulator lostBytes,
    CollectionAccumulator<String> damage)
    implements Serializable {

  OpenFile open(int file) throws IOException {
    return files.open(Storage.of(configuration.value().value()), files.files().get(file));
  }
}
