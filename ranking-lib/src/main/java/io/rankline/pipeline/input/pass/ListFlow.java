package io.rankline.pipeline.input.pass;

import io.rankline.data.RankingList;
import io.rankline.pipeline.input.shard.InputSettings;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The lists of a data set from some place on: to the end of the pass, or without end. */
public final class ListFlow implements Closeable {

  private final PassPlan plan;
  private final InputSettings settings;
  private final PassedOver nothing;
  private @Nullable Pass current;
  private @Nullable Pass upcoming;
  private long number;
  private boolean passIsEmpty = true;

  /**
   * Lists after the first {@code skip}.
   *
   * @param shards number of shards
   */
  public ListFlow(PassPlan plan, InputSettings settings, int shards, long skip) throws IOException {
    this.plan = plan;
    this.settings = settings;
    this.nothing = PassedOver.none(shards);
    PassPlan.Place start = plan.placeAfter(skip);
    if (start == null) {
      return;
    }
    this.number = start.pass();
    Pass pass = plan.pass(number, start.before());
    this.current = pass;
    for (long i = 0; i < start.lists(); i++) {
      pass.next();
      passIsEmpty = false;
    }
  }

  /** The next list, or null at the end. */
  public @Nullable RankingList next() throws IOException {
    while (current != null) {
      Pass pass = current;
      Slot slot = pass.next();
      if (slot != null) {
        passIsEmpty = false;
        if (pass.isDraining() && settings.role() == InputSettings.Role.TRAINING) {
          upcoming().fillByOne();
        }
        RankingList list = slot.list();
        if (list == null) {
          throw new IllegalStateException("a list was passed over that is asked for: " + slot);
        }
        return list;
      }
      pass.close();
      if (settings.role() != InputSettings.Role.TRAINING) {
        current = null;
      } else if (passIsEmpty) {
        throw new IOException("'%s' holds no list that can be read".formatted(settings.name()));
      } else {
        current = upcoming();
        upcoming = null;
        number++;
        passIsEmpty = true;
      }
    }
    return null;
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
    }
    if (upcoming != null) {
      upcoming.close();
    }
  }

  private Pass upcoming() {
    Pass pass = upcoming;
    if (pass == null) {
      pass = plan.pass(number + 1, nothing);
      upcoming = pass;
    }
    return pass;
  }
}
