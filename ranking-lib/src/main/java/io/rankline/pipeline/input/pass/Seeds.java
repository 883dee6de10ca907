package io.rankline.pipeline.input.pass;

import java.util.SplittableRandom;

/** Independent random numbers for every purpose, each a function of the data set's seed. */
public record Seeds(long seed) {

  private static final long SHARDS = 1;
  private static final long BUFFER = 2;
  private static final long ITEMS = 3;

  /** For the order of shards in a pass. */
  SplittableRandom shards(long pass) {
    return new SplittableRandom(mixed(SHARDS, pass));
  }

  /** For what is drawn from the buffer in a pass. */
  SplittableRandom buffer(long pass) {
    return new SplittableRandom(mixed(BUFFER, pass));
  }

  /** For the order of items in the lists of a batch. */
  public long items(long step) {
    return mixed(ITEMS, step);
  }

  private long mixed(long purpose, long number) {
    return mix(mix(mix(seed) + purpose) + number);
  }

  /** Spreads neighbouring numbers over all longs (the finalizer of MurmurHash3). */
  private static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
