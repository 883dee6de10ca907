package io.rankline.io.record;

import static io.rankline.testing.RankingLists.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElwcRepackerTest {

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 30);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aListIsTheSameInEveryFormatOfLists(long seed) throws CorruptRecordException {
    RandomRecords random = new RandomRecords(seed);
    RecordSpec spec = random.spec();
    ElwcEncoder encoder = new ElwcEncoder(spec);

    for (int i = 0; i < 30; i++) {
      RankingList list = RecordFormat.ELWC.decoder(spec).decode(random.elwc(spec));
      byte[] elwc = encoder.encode(list);

      for (RecordFormat format : new RecordFormat[] {RecordFormat.EIE, RecordFormat.SEQ}) {
        assertSame(format.decoder(spec).decode(ElwcRepacker.repack(elwc, format)), list);
      }
    }
  }

  @Test
  void anElwcRecordStaysAsItIs() throws CorruptRecordException {
    byte[] record = {};

    assertThat(ElwcRepacker.repack(record, RecordFormat.ELWC)).isSameAs(record);
  }

  @Test
  void whatIsNoElwcIsNotRepacked() {
    assertThatThrownBy(() -> ElwcRepacker.repack(new byte[] {15}, RecordFormat.EIE))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageStartingWith("is no ELWC record: ");
    assertThatThrownBy(() -> ElwcRepacker.repack(new byte[0], RecordFormat.TF_EXAMPLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a tf_example record holds one item, not a list");
  }
}
