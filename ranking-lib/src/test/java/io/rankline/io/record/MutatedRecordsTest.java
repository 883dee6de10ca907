package io.rankline.io.record;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.io.tfrecord.TfRecordWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records and files with bytes changed, cut, copied and swapped: never another exception than
 * {@link CorruptRecordException}, never an endless loop, never an allocation out of proportion.
 *
 * <p>{@code -Drankline.fuzz.seeds=5000} runs it for longer than a build should take.
 */
@Timeout(value = 60, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutatedRecordsTest {

  private static final int SEEDS = Integer.getInteger("rankline.fuzz.seeds", 40);
  private static final int MUTANTS_A_SEED = 300;

  /**
   * Bytes that reading one byte of a record may allocate: an item of two bytes has a row of every
   * column, and a fault has a stack trace and may be parsed once more to tell the format.
   */
  private static final long BYTES_A_BYTE = 400;

  private static final long BYTES_A_RECORD = 200_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Loads the classes that a fault needs, so that no record is charged for them. */
  @BeforeAll
  static void warmUp() {
    RandomRecords records = new RandomRecords(1);
    RecordSpec spec = records.spec();
    for (RecordFormat format : RecordFormat.values()) {
      assertThatThrownBy(() -> format.decoder(spec).decode(new byte[] {15, 15}))
          .isInstanceOf(CorruptRecordException.class);
    }
    assertThatThrownBy(() -> RecordFormat.EIE.decoder(spec).decode(records.elwc(spec)))
        .hasMessageContaining("looks like elwc");
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aMutatedRecordIsReadOrRefused(long seed) {
    Random random = new Random(seed);
    RandomRecords records = new RandomRecords(seed);
    RecordSpec spec = records.spec();
    List<RecordDecoder> decoders = new ArrayList<>();
    for (RecordFormat format : RecordFormat.values()) {
      decoders.add(format.decoder(spec));
    }
    byte[] record = records.elwc(spec);
    int refused = 0;

    for (int i = 0; i < MUTANTS_A_SEED; i++) {
      if (random.nextInt(10) == 0) {
        record = records.elwc(spec);
      }
      byte[] mutant = mutate(record, random);
      for (RecordDecoder decoder : decoders) {
        refused += decode(decoder, mutant) ? 0 : 1;
      }
    }

    assertThat(refused).as("a mutant now and then must be refused").isPositive();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aMutatedFileIsReadOrRefused(long seed) throws IOException {
    Random random = new Random(seed);
    RandomRecords records = new RandomRecords(seed);
    RecordSpec spec = records.spec();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int count = 5;
    try (TfRecordWriter writer = new TfRecordWriter(bytes)) {
      for (int i = 0; i < count; i++) {
        writer.write(records.elwc(spec));
      }
    }

    for (int i = 0; i < MUTANTS_A_SEED; i++) {
      byte[] mutant = mutate(bytes.toByteArray(), random);
      int lists = 0;
      try (RankingListReader reader =
          new RankingListReader(
              new TfRecordReader(
                  new ByteArrayInputStream(mutant), "mutant", CorruptRecordPolicy.SKIP),
              RecordFormat.ELWC.decoder(spec))) {
        while (reader.next() != null) {
          lists++;
        }
        assertThat(lists + reader.skippedRecords()).isLessThanOrEqualTo(mutant.length / 16 + 1L);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RecordFormat.class)
  void deepGroupsAreRefusedBeforeTheyFillTheStack(RecordFormat format) {
    byte[] deep = new byte[200_000];
    Arrays.fill(deep, (byte) (9 << 3 | 3));
    RecordDecoder decoder = format.decoder(new RandomRecords(1).spec());

    assertThat(decode(decoder, deep)).isFalse();
  }

  /** Whether the record was read. */
  private static boolean decode(RecordDecoder decoder, byte[] record) {
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    String fault = "";
    try {
      decoder.decode(record);
    } catch (CorruptRecordException e) {
      fault = e.getMessage();
    }
    long allocated = THREADS.getThreadAllocatedBytes(thread) - before;
    assertThat(allocated)
        .as("bytes allocated for a record of " + record.length)
        .isLessThan(BYTES_A_RECORD + BYTES_A_BYTE * record.length);
    return "".equals(fault);
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int edits = 1 + random.nextInt(4); edits > 0 && bytes.length > 0; edits--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(7)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) 0xff;
        case 3 -> bytes = Arrays.copyOf(bytes, at);
        case 4 -> bytes[at] = bytes[random.nextInt(bytes.length)];
        case 5 -> {
          int length = Math.min(random.nextInt(40), bytes.length - at);
          int to = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes.clone(), at, bytes, to, length);
        }
        default -> {
          byte[] huge = RandomRecords.varint(random.nextLong() >>> random.nextInt(64));
          System.arraycopy(huge, 0, bytes, at, Math.min(huge.length, bytes.length - at));
        }
      }
    }
    return bytes;
  }
}
