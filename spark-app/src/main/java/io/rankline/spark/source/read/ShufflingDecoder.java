package io.rankline.spark.source.read;

import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.record.RecordDecoder;
import io.rankline.spark.source.schema.SourceOptions;
import java.util.SplittableRandom;
import org.apache.hadoop.fs.Path;

/**
 * Shuffles the items of a list before it is cut to {@code listSize}. The order depends on the seed,
 * the name of the file and the place of the record in it, so it is the same in every run and on
 * every cluster.
 */
final class ShufflingDecoder implements RecordDecoder {

  private final RecordDecoder decoder;
  private final SplittableRandom random;
  private final ListSize limit;

  private ShufflingDecoder(RecordDecoder decoder, long seed, ListSize limit) {
    this.decoder = decoder;
    this.random = new SplittableRandom(seed);
    this.limit = limit;
  }

  /** The decoder itself where the options ask for no shuffle. */
  static RecordDecoder around(RecordDecoder decoder, SourceOptions options, Path file) {
    if (!options.shuffleExamples()) {
      return decoder;
    }
    return new ShufflingDecoder(
        decoder, 31 * options.seed() + file.getName().hashCode(), options.listSize());
  }

  @Override
  public RankingList decode(byte[] bytes, int from, int length) throws CorruptRecordException {
    SplittableRandom ofList = random.split();
    return decoder.decode(bytes, from, length).shuffled(ofList).truncated(limit);
  }
}
