package io.rankline.spark.training.data;

import java.io.Serializable;

/**
 * The order in which lists are trained on: an endless sequence of passes, the same for any number
 * of workers, of which each worker holds every Nth list.
 *
 * <p>Each list is given a place, drawn once. Place p belongs to worker p mod N, so lists move once,
 * when they are read. Places are cut into bands, and the places of a band into G streams by their
 * rest modulo G, the size of a batch. A pass goes through the bands in turn and takes a list from
 * each stream in turn; which one of the stream is drawn again for each pass. So a batch has a list
 * of every stream, a worker needs one band in memory at a time, and what a pass deals to a worker
 * are always lists that the worker has.
 *
 * @param lists number of lists, n
 * @param workers number of workers, N
 * @param batchSize lists of a batch over all workers, G
 * @param bandSize places of a band, a multiple of the streams
 * @param shuffled false for the order of the files in every pass
 * @param seed of everything that is drawn
 */
public record TrainingOrder(
    long lists, int workers, int batchSize, int bandSize, boolean shuffled, long seed)
    implements Serializable {

  private static final int UNSHUFFLED_BAND = 4096;
  private static final long PLACES = 1;
  private static final long STREAMS = 2;

  public TrainingOrder {
    if (lists < workers || workers < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "%s workers need as many lists or more and batches of 1 or more, got %s lists and batches of %s"
              .formatted(workers, lists, batchSize));
    }
    if (bandSize < 1 || bandSize % streams(workers, batchSize) != 0) {
      throw new IllegalArgumentException(
          "bandSize must be a multiple of %s, got %s"
              .formatted(streams(workers, batchSize), bandSize));
    }
  }

  /**
   * An order whose bands hold about as many lists as a shuffle buffer would.
   *
   * @param shuffleBufferSize 1 for the order of the files
   */
  public static TrainingOrder of(
      long lists, int workers, int batchSize, int shuffleBufferSize, long seed) {
    int streams = streams(workers, batchSize);
    // Where nothing is drawn, bands are only there to be held one at a time.
    int size = shuffleBufferSize > 1 ? shuffleBufferSize : UNSHUFFLED_BAND;
    long bands = (size + (long) streams - 1) / streams;
    return new TrainingOrder(
        lists,
        workers,
        batchSize,
        Math.toIntExact(Math.min(bands * streams, Integer.MAX_VALUE / streams * (long) streams)),
        shuffleBufferSize > 1,
        seed);
  }

  /** The place of a list. */
  long place(long list) {
    return shuffled ? new Permutation(lists, key(PLACES, 0, 0, 0)).at(list) : list;
  }

  /** The worker that a place belongs to. */
  int worker(long place) {
    return (int) (place % workers);
  }

  /** The band that a place lies in. */
  int band(long place) {
    return Math.toIntExact(place / bandSize);
  }

  /** Where in a worker's part of its band a place stands, from 0. */
  int rowOfWorker(long place) {
    return (int) (place % bandSize / workers);
  }

  /**
   * The place that is the turn of in a pass.
   *
   * @param turn from 0 to n-1; lies in the same band and belongs to the same worker as the place
   */
  long place(long pass, long turn) {
    if (!shuffled) {
      return turn;
    }
    int streams = streams(workers, batchSize);
    long begin = turn - turn % bandSize;
    long length = Math.min(bandSize, lists - begin);
    long stream = turn % streams;
    long ofStream = (length - stream + streams - 1) / streams;
    Permutation order = new Permutation(ofStream, key(STREAMS, pass, begin / bandSize, stream));
    return begin + order.at((turn - begin) / streams) * streams + stream;
  }

  /** Number of batches of a pass, a last one that reaches into the next pass included. */
  public long batchesPerPass() {
    return (lists + batchSize - 1) / batchSize;
  }

  /** The seed of the order of a list's items in a pass. */
  long itemSeed(long pass, long place) {
    return Permutation.mix(Permutation.mix(~seed + pass) + place);
  }

  private long key(long purpose, long pass, long band, long stream) {
    long key = Permutation.mix(seed) + purpose;
    key = Permutation.mix(key) + pass;
    key = Permutation.mix(key) + band;
    return Permutation.mix(key) + stream;
  }

  /** As many as a batch has lists, or the next multiple of the workers: a stream has one worker. */
  private static int streams(int workers, int batchSize) {
    return Math.toIntExact(((long) batchSize + workers - 1) / workers * workers);
  }
}
