package io.rankline.pipeline.input.shard;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import java.util.List;
import java.util.function.Consumer;

/** Lists that are in memory already. */
public final class MemoryShard implements ListShard {

  private final String name;
  private final List<RankingList> lists;

  /** These lists, in their order. */
  public MemoryShard(String name, List<RankingList> lists) {
    this.name = name;
    this.lists = List.copyOf(lists);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RecordCursor open(Consumer<CorruptRecordException> onSkip) {
    return new Cursor();
  }

  private final class Cursor implements RecordCursor {
    private int at = -1;

    @Override
    public boolean advance() {
      at++;
      return at < lists.size();
    }

    @Override
    public PendingList take() {
      return new Pending(name, at, lists.get(at));
    }

    @Override
    public void close() {}
  }

  private record Pending(String name, int number, RankingList list) implements PendingList {

    @Override
    public int bytes() {
      return 0;
    }

    @Override
    public RankingList decode() {
      return list;
    }

    @Override
    public CorruptRecordException refused(IllegalArgumentException why) {
      return new CorruptRecordException(
          "%s: list %s: %s".formatted(name, number, why.getMessage()), why);
    }
  }
}
