package io.rankline.spark.inspect;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordFiles;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.record.RecordWalker;
import io.rankline.io.tfrecord.TfRecordReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.hadoop.fs.Path;

/**
 * What is in a set of files: lists, their sizes, features, records that cannot be read. Its size
 * depends on the number of features, not of records. Profiles of files merge to that of all.
 */
public final class FilesProfile implements Serializable {

  private static final long serialVersionUID = 1;

  /** So many faults are kept word for word; all are counted. */
  private static final int KEPT_FAULTS = 5;

  /** Feature names compare as text, and as numbers where they end in such. */
  public static final Comparator<String> BY_NAME_AND_NUMBER =
      Comparator.comparing(NumberedName::prefix)
          .thenComparingLong(NumberedName::number)
          .thenComparing(Comparator.naturalOrder());

  private static final RecordWalker.Visitor NOBODY =
      new RecordWalker.Visitor() {
        @Override
        public void startList(int items) {}

        @Override
        public void feature(int item, String name, FeatureValues values) {}
      };

  private final SortedMap<Integer, Long> listSizes = new TreeMap<>();
  private final Map<String, FeatureProfile> context = new HashMap<>();
  private final Map<String, FeatureProfile> examples = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private long corruptRecords;
  private long lostBytes;
  private double lostShare;

  /**
   * The profile of one file.
   *
   * @param onBytes called with the bytes read since the last time
   */
  public static FilesProfile read(
      RecordFiles files,
      Path file,
      RecordFormat format,
      CorruptRecordPolicy policy,
      LongConsumer onBytes)
      throws IOException {
    FilesProfile profile = new FilesProfile();
    RecordWalker walker = new RecordWalker(format);
    long counted = 0;
    try (TfRecordReader records =
        new TfRecordReader(files.open(file), file.toString(), policy, profile::addFault)) {
      while (records.advance()) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted");
        }
        try {
          // First to nobody: a record that breaks off half-way must not count by half.
          walker.walk(records.buffer(), records.offset(), records.length(), NOBODY);
          walker.walk(records.buffer(), records.offset(), records.length(), profile.visitor());
        } catch (CorruptRecordException fault) {
          records.reject(fault);
        }
        onBytes.accept(records.recordPosition() - counted);
        counted = records.recordPosition();
      }
    }
    return profile;
  }

  /** The profile of ELWC records. */
  public static FilesProfile of(Iterator<byte[]> records) throws CorruptRecordException {
    FilesProfile profile = new FilesProfile();
    RecordWalker walker = new RecordWalker(RecordFormat.ELWC);
    while (records.hasNext()) {
      byte[] record = records.next();
      walker.walk(record, 0, record.length, profile.visitor());
    }
    return profile;
  }

  /** This profile after {@link #merge}, for Spark to reduce by. */
  public FilesProfile plus(FilesProfile other) {
    merge(other);
    return this;
  }

  /** Adds what another profile saw. */
  public void merge(FilesProfile other) {
    other.listSizes.forEach((size, count) -> listSizes.merge(size, count, Long::sum));
    mergeFeatures(context, other.context);
    mergeFeatures(examples, other.examples);
    corruptRecords += other.corruptRecords;
    lostBytes += other.lostBytes;
    for (String fault : other.faults) {
      if (faults.size() < KEPT_FAULTS) {
        faults.add(fault);
      }
    }
  }

  /** How many lists there are of each size. */
  SortedMap<Integer, Long> listSizes() {
    return listSizes;
  }

  /** Number of lists. */
  public long lists() {
    return listSizes.values().stream().mapToLong(Long::longValue).sum();
  }

  long items() {
    return listSizes.entrySet().stream().mapToLong(e -> e.getKey() * e.getValue()).sum();
  }

  /** Size of the list below which that share of the lists lies, exactly. */
  int listSizeQuantile(double share) {
    long wanted = (long) Math.ceil(share * lists());
    long seen = 0;
    for (Map.Entry<Integer, Long> entry : listSizes.entrySet()) {
      seen += entry.getValue();
      if (seen >= wanted) {
        return entry.getKey();
      }
    }
    return 0;
  }

  /** Features of contexts by name. */
  public SortedMap<String, FeatureProfile> context() {
    return sorted(context);
  }

  /** Features of items by name. */
  public SortedMap<String, FeatureProfile> examples() {
    return sorted(examples);
  }

  long corruptRecords() {
    return corruptRecords;
  }

  /** Of how large a share of the data nothing is known, from 0 to 1. */
  double lostShare() {
    return lostShare;
  }

  /** The same profile after all files were read, which have so many bytes. */
  FilesProfile ofBytes(long bytes) {
    lostShare = (double) lostBytes / Math.max(1, bytes);
    return this;
  }

  /**
   * The same profile, of which others have skipped something.
   *
   * @param share of the data, from 0 to 1
   */
  public FilesProfile withSkipped(long records, List<String> words, double share) {
    corruptRecords += records;
    lostShare = share;
    words.stream().limit(KEPT_FAULTS).forEach(faults::add);
    return this;
  }

  /** The first few faults, word for word. */
  List<String> faults() {
    return faults;
  }

  private void addFault(CorruptRecordException fault) {
    corruptRecords++;
    lostBytes += fault.lostBytes();
    if (faults.size() < KEPT_FAULTS) {
      faults.add(String.valueOf(fault.getMessage()));
    }
  }

  private RecordWalker.Visitor visitor() {
    return new RecordWalker.Visitor() {
      @Override
      public void startList(int items) {
        listSizes.merge(items, 1L, Long::sum);
      }

      @Override
      public void feature(int item, String name, FeatureValues values) {
        (item == RecordWalker.CONTEXT ? context : examples)
            .computeIfAbsent(name, any -> new FeatureProfile())
            .add(values);
      }
    };
  }

  private static void mergeFeatures(
      Map<String, FeatureProfile> into, Map<String, FeatureProfile> from) {
    from.forEach(
        (name, profile) -> into.computeIfAbsent(name, any -> new FeatureProfile()).merge(profile));
  }

  private static SortedMap<String, FeatureProfile> sorted(Map<String, FeatureProfile> features) {
    SortedMap<String, FeatureProfile> sorted = new TreeMap<>(BY_NAME_AND_NUMBER);
    sorted.putAll(features);
    return sorted;
  }
}
