package io.rankline.io.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.BytesColumn;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordFiles;
import io.rankline.io.libsvm.LibSvmItem;
import io.rankline.io.libsvm.LibSvmLists;
import io.rankline.io.libsvm.LibSvmReader;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.testing.RankingLists;
import io.rankline.testing.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that TensorFlow wrote, against the LibSVM text that they were made from. */
class SampleFilesTest {

  private static final int FEATURES = 136;

  @ParameterizedTest
  @CsvSource({"train, 27, 119", "vali, 9, 36", "test, 9, 36"})
  void numericalRecordsHoldWhatTheirTextSays(String part, int listCount, int itemCount)
      throws IOException {
    Path records = SharedFolder.require("data/elwc_sample/" + part + "_numerical_elwc.tfrecord");
    Path text = SharedFolder.require("data/elwc_sample/" + part + ".txt");
    Map<String, FeatureSpec> examples = new TreeMap<>();
    for (int i = 1; i <= FEATURES; i++) {
      examples.put("custom_features_" + i, FixedLenFeature.float32(1).withDefault(Float.NaN));
    }
    RecordSpec spec =
        RecordSpec.of(Map.of(), examples)
            .withLabels(LabelSpec.of("utility", FixedLenFeature.int64(1).withDefault(-1)));

    List<RankingList> lists = read(records, spec);
    LibSvmLists libSvm = new LibSvmLists(FEATURES, "custom_features_%d", "utility");
    List<RankingList> twins = new ArrayList<>();
    try (LibSvmReader reader = libSvmReader(text)) {
      reader.readQueries().forEach((qid, items) -> twins.add(libSvm.list(qid, items)));
    }

    assertThat(lists).hasSize(listCount);
    assertThat(lists.stream().mapToInt(RankingList::size).sum()).isEqualTo(itemCount);
    assertThat(twins).hasSize(listCount);
    for (int q = 0; q < lists.size(); q++) {
      assertThat(lists.get(q).examples()).isEqualTo(twins.get(q).examples());
      assertThat(lists.get(q).labels()).isEqualTo(twins.get(q).labels());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"train_elwc", "eval_elwc"})
  void tokenRecordsHoldTenListsOfTwo(String part) throws IOException {
    Path records = SharedFolder.require("data/elwc_sample/" + part + ".tfrecord");
    RecordSpec spec =
        RecordSpec.of(
                Map.of("query_tokens", new VarLenFeature(DType.STRING)),
                Map.of("document_tokens", new VarLenFeature(DType.STRING)))
            .withLabels(LabelSpec.of("relevance", FixedLenFeature.int64(1)));

    List<RankingList> lists = read(records, spec);

    assertThat(lists).hasSize(10).allSatisfy(list -> assertThat(list.size()).isEqualTo(2));
    for (RankingList list : lists) {
      BytesColumn documents = (BytesColumn) list.exampleColumns().get(0);
      List<String> words = new ArrayList<>();
      for (int v = 0; v < documents.offsets()[documents.rows()]; v++) {
        words.add(documents.text(v));
      }
      assertThat(words)
          .containsExactly("this", "is", "a", "relevant", "answer", "irrelevant", "data");
      assertThat(list.labels()).containsExactly(1, 0);
    }
  }

  @Test
  void integerTokensOfAFixedLengthAreRead() throws IOException {
    Path records = SharedFolder.require("data/elwc_sample/tfrbert_elwc_train.tfrecord");
    RecordSpec spec = RecordSpec.of(Map.of(), Map.of("input_ids", new VarLenFeature(DType.INT64)));

    List<RankingList> lists = read(records, spec);

    assertThat(lists).hasSize(30);
    for (RankingList list : lists) {
      assertThat(list.size()).isEqualTo(3);
      LongColumn ids = (LongColumn) list.exampleColumns().get(0);
      assertThat(ids.count(0)).isPositive().isEqualTo(ids.count(2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train_elwc",
        "eval_elwc",
        "train_numerical_elwc",
        "vali_numerical_elwc",
        "test_numerical_elwc",
        "tfrbert_elwc_train",
        "tfrbert_elwc_test"
      })
  void theGeneratedClassesReadTheSame(String part) throws IOException {
    Path records = SharedFolder.require("data/elwc_sample/" + part + ".tfrecord");
    RecordSpec spec =
        RecordSpec.of(
            Map.of("query_tokens", new VarLenFeature(DType.STRING)),
            Map.of(
                "document_tokens", new VarLenFeature(DType.STRING),
                "input_ids", new VarLenFeature(DType.INT64),
                "relevance", new VarLenFeature(DType.INT64),
                "utility", FixedLenFeature.int64(1).withDefault(-1),
                "custom_features_7", FixedLenFeature.float32(1).withDefault(0f)));

    try (TfRecordReader reader =
        new TfRecordReader(
            Files.newInputStream(records), records.toString(), CorruptRecordPolicy.FAIL)) {
      RecordDecoder fast = RecordFormat.ELWC.decoder(spec);
      RecordDecoder oracle = new GeneratedClassDecoder(spec);
      while (reader.advance()) {
        RankingLists.assertSame(fast.decode(reader.copy()), oracle.decode(reader.copy()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clueweb09/train", "clueweb09/test", "lambdarank_sample/train"})
  void libSvmToElwcAndBackIsTheIdentity(String name) throws IOException {
    Path text = SharedFolder.require("data/" + name + ".txt.gz");
    Map<Long, List<LibSvmItem>> queries;
    try (LibSvmReader reader = libSvmReader(text)) {
      queries = reader.readQueries();
    }
    int features =
        queries.values().stream()
            .flatMap(List::stream)
            .mapToInt(item -> Arrays.stream(item.ids()).max().orElse(1))
            .max()
            .orElseThrow();
    LibSvmLists lists = new LibSvmLists(features, "custom_features_%d", "utility");
    ElwcEncoder encoder = new ElwcEncoder(lists.spec());
    RecordDecoder decoder = RecordFormat.ELWC.decoder(lists.spec());

    for (Map.Entry<Long, List<LibSvmItem>> query : queries.entrySet()) {
      RankingList list = lists.list(query.getKey(), query.getValue());
      List<LibSvmItem> back = lists.items(decoder.decode(encoder.encode(list)));

      assertThat(back.stream().map(LibSvmItem::format).toList())
          .isEqualTo(query.getValue().stream().map(LibSvmItem::format).toList());
      for (LibSvmItem item : back) {
        LibSvmItem reread = Objects.requireNonNull(LibSvmItem.parse(item.format()));
        assertThat(reread.values()).isEqualTo(item.values());
      }
    }
  }

  private static LibSvmReader libSvmReader(Path text) throws IOException {
    return new LibSvmReader(
        new RecordFiles(new Configuration()).open(new org.apache.hadoop.fs.Path(text.toUri())),
        text.toString(),
        CorruptRecordPolicy.FAIL,
        fault -> {});
  }

  private static List<RankingList> read(Path file, RecordSpec spec) throws IOException {
    List<RankingList> lists = new ArrayList<>();
    try (RankingListReader reader =
        RankingListReader.open(
            new RecordFiles(new Configuration()),
            new org.apache.hadoop.fs.Path(file.toUri()),
            RecordFormat.ELWC.decoder(spec),
            CorruptRecordPolicy.FAIL,
            fault -> {})) {
      @Nullable RankingList list;
      while ((list = reader.next()) != null) {
        lists.add(list);
      }
    }
    return lists;
  }
}
