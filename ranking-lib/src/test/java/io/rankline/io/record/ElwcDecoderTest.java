package io.rankline.io.record;

import static io.rankline.testing.RankingLists.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElwcDecoderTest {

  private static final int RECORDS_A_SEED = 40;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void readsRecordsOfAnyFormAsTheGeneratedClassesDo(long seed) throws CorruptRecordException {
    RandomRecords random = new RandomRecords(seed);
    RecordSpec spec = random.spec();
    RecordDecoder fast = RecordFormat.ELWC.decoder(spec);
    RecordDecoder oracle = new GeneratedClassDecoder(spec);

    for (int i = 0; i < RECORDS_A_SEED; i++) {
      byte[] record = random.elwc(spec);
      assertSame(fast.decode(record), oracle.decode(record));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void readsRecordsOfOneWriterAsTheGeneratedClassesDo(long seed) throws CorruptRecordException {
    RandomRecords random = new RandomRecords(seed, true);
    RecordSpec spec = random.spec();
    RecordDecoder fast = RecordFormat.ELWC.decoder(spec);
    RecordDecoder oracle = new GeneratedClassDecoder(spec);

    for (int i = 0; i < RECORDS_A_SEED; i++) {
      byte[] record = random.elwc(spec);
      assertSame(fast.decode(record), oracle.decode(record));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void readsBackWhatTheEncoderWrote(long seed) throws CorruptRecordException {
    RandomRecords random = new RandomRecords(seed);
    RecordSpec spec = random.spec();
    RecordDecoder decoder = RecordFormat.ELWC.decoder(spec);
    ElwcEncoder encoder = new ElwcEncoder(spec);

    for (int i = 0; i < RECORDS_A_SEED; i++) {
      RankingList list = decoder.decode(random.elwc(spec));
      assertSame(decoder.decode(encoder.encode(list)), list);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aListSizeKeepsTheFirstItemsAndCountsAll(long seed) throws CorruptRecordException {
    RandomRecords random = new RandomRecords(seed);
    RecordSpec spec = random.spec();

    for (int listSize = 1; listSize <= 7; listSize++) {
      byte[] record = random.elwc(spec);
      RankingList whole = RecordFormat.ELWC.decoder(spec).decode(record);
      RankingList first = RecordFormat.ELWC.decoder(spec, new ListSize(listSize)).decode(record);

      assertThat(first.originalSize()).isEqualTo(whole.size());
      assertSame(first, whole.truncated(new ListSize(listSize)));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRecordMayLieAnywhereInItsArray(long seed) throws CorruptRecordException {
    RandomRecords random = new RandomRecords(seed);
    RecordSpec spec = random.spec();
    byte[] record = random.elwc(spec);
    byte[] padded = RandomRecords.concat(RandomRecords.concat(new byte[7], record), new byte[5]);

    RankingList list = RecordFormat.ELWC.decoder(spec).decode(padded, 7, record.length);

    assertSame(list, RecordFormat.ELWC.decoder(spec).decode(record));
  }
}
