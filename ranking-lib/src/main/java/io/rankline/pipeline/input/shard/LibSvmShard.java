package io.rankline.pipeline.input.shard;

import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.io.libsvm.LibSvmItem;
import io.rankline.io.libsvm.LibSvmLayout;
import io.rankline.io.libsvm.LibSvmReader;
import io.rankline.io.libsvm.LibSvmSpecLists;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A LibSVM text file, or several that have queries in common. Lines of a query need not be
 * adjacent, so all of it is held in memory while it is read.
 */
final class LibSvmShard implements ListShard {

  private final Storage storage;
  private final Shard file;
  private final LibSvmSpecLists lists;
  private final LibSvmLayout layout;
  private final CorruptRecordPolicy policy;

  /**
   * A file, or several.
   *
   * @param spec what a list holds: float features of one value, and one label
   * @param layout how lines number features and name queries
   * @param policy what a line does that does not follow the format
   * @throws IllegalArgumentException for a spec that no LibSVM file can fill
   */
  public LibSvmShard(
      Storage storage,
      Shard file,
      RecordSpec spec,
      ListSize listSize,
      LibSvmLayout layout,
      CorruptRecordPolicy policy) {
    this.storage = storage;
    this.file = file;
    this.lists = new LibSvmSpecLists(spec, listSize);
    this.layout = layout;
    this.policy = policy;
  }

  @Override
  public String name() {
    return file.path();
  }

  @Override
  public long bytes() {
    return file.bytes();
  }

  @Override
  public RecordCursor open(Consumer<CorruptRecordException> onSkip) throws IOException {
    return new Cursor(LibSvmReader.readQueries(storage, file, layout, policy, onSkip));
  }

  private final class Cursor implements RecordCursor {
    private final Iterator<Map.Entry<Long, List<LibSvmItem>>> queries;
    private final long bytesOfOne;
    private Map.Entry<Long, List<LibSvmItem>> query = Map.entry(0L, List.of());

    Cursor(Map<Long, List<LibSvmItem>> queries) {
      this.queries = queries.entrySet().iterator();
      this.bytesOfOne = file.bytes() / Math.max(1, queries.size());
    }

    @Override
    public boolean advance() {
      if (!queries.hasNext()) {
        return false;
      }
      query = queries.next();
      return true;
    }

    @Override
    public PendingList take() {
      return new Pending(query.getKey(), query.getValue(), bytesOfOne);
    }

    @Override
    public void close() {}
  }

  private final class Pending implements PendingList {
    private final long qid;
    private final List<LibSvmItem> items;
    private final long storedBytes;

    Pending(long qid, List<LibSvmItem> items, long storedBytes) {
      this.qid = qid;
      this.items = items;
      this.storedBytes = storedBytes;
    }

    @Override
    public int bytes() {
      return 0; // held by the file's cursor already
    }

    @Override
    public RankingList decode() throws CorruptRecordException {
      try {
        return lists.list(items);
      } catch (IllegalArgumentException e) {
        throw refused(e);
      }
    }

    @Override
    public CorruptRecordException refused(IllegalArgumentException why) {
      return new CorruptRecordException(
              "%s: query %s: %s".formatted(file.path(), qid, why.getMessage()), why)
          .losing(storedBytes);
    }
  }
}
