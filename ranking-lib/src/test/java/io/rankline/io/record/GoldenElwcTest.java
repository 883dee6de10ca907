package io.rankline.io.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.rankline.data.BytesColumn;
import io.rankline.data.RankingList;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.io.tfrecord.TfRecordWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One record that TensorFlow wrote, byte for byte; its origin stands in golden/elwc.json. */
class GoldenElwcTest {

  private static final Config GOLDEN = ConfigFactory.parseResources("golden/elwc.json");
  private static final byte[] RECORD = HexFormat.of().parseHex(GOLDEN.getString("record"));
  private static final byte[] FRAMED = HexFormat.of().parseHex(GOLDEN.getString("framed"));

  private static final RecordSpec SPEC =
      RecordSpec.of(
              Map.of("query_tokens", new VarLenFeature(DType.STRING)),
              Map.of("document_tokens", new VarLenFeature(DType.STRING)))
          .withLabels(LabelSpec.of("relevance", FixedLenFeature.int64(1).withDefault(-1)));

  @Test
  void theRecordIsRead() throws CorruptRecordException {
    RankingList list = RecordFormat.ELWC.decoder(SPEC).decode(RECORD);

    BytesColumn query = (BytesColumn) list.contextColumns().get(0);
    BytesColumn documents = (BytesColumn) list.exampleColumns().get(0);
    assertThat(texts(query, 0)).isEqualTo("this is a question");
    assertThat(texts(documents, 0)).isEqualTo("this is a relevant answer");
    assertThat(texts(documents, 1)).isEqualTo("irrelevant data");
    assertThat(list.labels()).containsExactly(4, 0);
  }

  @Test
  void theFrameIsReadAndWrittenByteForByte() throws IOException {
    try (TfRecordReader reader =
        new TfRecordReader(new ByteArrayInputStream(FRAMED), "golden", CorruptRecordPolicy.FAIL)) {
      assertThat(reader.advance()).isTrue();
      assertThat(reader.copy()).isEqualTo(RECORD);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TfRecordWriter writer = new TfRecordWriter(bytes)) {
      writer.write(RECORD);
    }
    assertThat(bytes.toByteArray()).isEqualTo(FRAMED);
  }

  @Test
  void theEncoderWritesTheSameBytesInTheOrderOfNames() throws CorruptRecordException {
    RankingList list = RecordFormat.ELWC.decoder(SPEC).decode(RECORD);

    byte[] written = new ElwcEncoder(SPEC).encode(list);

    // The second item of the golden record has its two features the other way round, a map has no
    // order: 22 bytes of `relevance` before 41 of `document_tokens`.
    byte[] ordered = RECORD.clone();
    int items = 2 + 0x4c + 2 + 2;
    System.arraycopy(RECORD, items + 20, ordered, items, 41);
    System.arraycopy(RECORD, items, ordered, items + 41, 20);
    assertThat(HexFormat.of().formatHex(written)).isEqualTo(HexFormat.of().formatHex(ordered));
  }

  private static String texts(BytesColumn column, int row) {
    StringBuilder words = new StringBuilder();
    for (int v = column.start(row); v < column.end(row); v++) {
      words.append(words.isEmpty() ? "" : " ").append(column.text(v));
    }
    return words.toString();
  }
}
