package io.rankline.pipeline.input.pass;

import io.rankline.io.CorruptRecordPolicy;
import io.rankline.pipeline.input.shard.InputSettings;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the passes of a data set: which shards they read in which order, and what is drawn. */
public final class PassPlan {

  /**
   * Shards that training takes from in turn. Four make neighbours of a file strangers in a batch,
   * and are few enough for storage that is far away.
   */
  private static final int WIDTH = 4;

  private final ReadingContext context;
  private final InputSettings settings;
  private final Executor threads;
  private final Seeds seeds;

  public PassPlan(ReadingContext context, InputSettings settings, Executor threads) {
    this.context = context;
    this.settings = settings;
    this.threads = threads;
    this.seeds = new Seeds(settings.seed());
  }

  /** The pass of that number, from 0. */
  Pass pass(long number, PassedOver passedOver) {
    boolean training = isTraining();
    int[] order = IntStream.range(0, context.shards()).toArray();
    if (training) {
      shuffle(order, seeds.shards(number));
    }
    Interleaver slots =
        new Interleaver(order, training ? WIDTH : 1, shard -> source(shard, passedOver));
    return new Pass(slots, settings.shuffleBufferSize(), seeds.buffer(number));
  }

  /**
   * The place after a number of lists: the pass it is in, and what of that pass comes before it.
   * Reads as much of the data as has to be known for that, without decoding where it can.
   *
   * @return null if the data ends before
   */
  @Nullable Place placeAfter(long lists) throws IOException {
    long left = lists;
    long pass = 0;
    while (true) {
      long perPass = context.lists();
      if (perPass > 0) {
        pass += left / perPass;
        left %= perPass;
      }
      if (pass > 0 && !isTraining()) {
        return null;
      }
      PassedOver before = PassedOver.none(context.shards());
      long passed = left == 0 ? 0 : passOver(pass, left, before);
      if (passed == left) {
        return new Place(pass, left, before);
      }
      if (passed == 0) {
        return null; // there are no lists at all
      }
      left -= passed;
      pass++;
    }
  }

  private long passOver(long number, long most, PassedOver before) throws IOException {
    // Whether a record holds a list shows when it is decoded; only where damaged ones are skipped
    // does that change the order.
    boolean decode = settings.onCorruptRecord() == CorruptRecordPolicy.SKIP && context.lists() < 0;
    PassedOver undecoded = decode ? PassedOver.none(context.shards()) : PassedOver.everything();
    long passed = 0;
    try (Pass pass = pass(number, undecoded)) {
      Slot slot = null;
      while (passed < most && (slot = pass.next()) != null) {
        before.add(slot);
        passed++;
      }
    }
    return passed;
  }

  private boolean isTraining() {
    return settings.role() == InputSettings.Role.TRAINING;
  }

  private SlotSource source(int shard, PassedOver passedOver) {
    ShardMemory memory = context.memory(shard);
    return memory.holdsAllBut(ordinal -> passedOver.contains(shard, ordinal))
        ? new KeptLists(shard, memory, passedOver)
        : new ShardReader(shard, context, passedOver, threads);
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  /**
   * A place in the order of lists.
   *
   * @param pass number of the pass, from 0
   * @param lists number of lists of the pass that come before it
   * @param before those lists
   */
  record Place(long pass, long lists, PassedOver before) {}
}
