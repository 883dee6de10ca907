package io.rankline.spark.source;

import static io.rankline.spark.testing.RecordFile.elwc;
import static io.rankline.spark.testing.RecordFile.example;
import static io.rankline.spark.testing.RecordFile.floats;
import static io.rankline.spark.testing.RecordFile.ints;
import static io.rankline.spark.testing.RecordFile.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.Feature;
import io.rankline.io.proto.FeatureList;
import io.rankline.io.proto.FeatureLists;
import io.rankline.io.proto.SequenceExample;
import io.rankline.spark.testing.Faults;
import io.rankline.spark.testing.LocalSpark;
import io.rankline.spark.testing.RecordFile;
import java.nio.file.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the columns are when nobody has said it. */
@Tag("spark")
class InferenceTest {

  @TempDir private Path folder;

  @Test
  void featuresOfSeveralFilesAreSeen() {
    RecordFile.write(folder.resolve("a.tfrecord"), elwc(example(), example("a", floats(1))));
    RecordFile.write(folder.resolve("b.tfrecord"), elwc(example(), example("b", ints(1))));

    assertThat(load(read().option("sampleRecords", 2)).schema().fieldNames())
        .containsExactly("a", "b", "__list_mask__", "__list_size__");
    assertThat(load(read().option("sampleRecords", 1)).schema().fieldNames())
        .containsExactly("a", "__list_mask__", "__list_size__");
  }

  @Test
  void aFeatureOfTwoTypesIsRefusedWithBothPlaces() {
    RecordFile.write(folder.resolve("a.tfrecord"), elwc(example(), example("a", floats(1))));
    RecordFile.write(folder.resolve("b.tfrecord"), elwc(example(), example("a", ints(1))));

    assertThatThrownBy(() -> load(read()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "example feature 'a' holds float32 in file:%s/a.tfrecord: record 0 at byte 0 and int64 in file:%s/b.tfrecord: record 0 at byte 0; give a spec that leaves it out, or mend the files"
                .formatted(folder, folder));
  }

  @Test
  void filesWithoutRecordsOrItemsAreRefused() {
    RecordFile.write(folder.resolve("a.tfrecord"));
    assertThatThrownBy(() -> load(read()))
        .hasMessage(
            "no schema can be inferred: the files hold no record (looked at 0 of 1); give a spec");

    RecordFile.write(folder.resolve("a.tfrecord"), elwc(example("c", floats(1))));
    assertThatThrownBy(() -> load(read()))
        .hasMessage(
            "no schema can be inferred: no item has a feature in 1 records read as elwc; give a spec or another recordFormat");
  }

  @Test
  void aFeatureThatHasMoreValuesThanItsSampleIsToldWithItsPlace() {
    RecordFile.write(
        folder.resolve("a.tfrecord"),
        elwc(example(), example("a", ints(1), "f", floats(1))),
        elwc(example(), example("a", ints(1, 2), "f", floats(1))));

    Dataset<Row> lists = load(read().option("sampleRecords", 1));

    assertThat(Faults.messageOf(CorruptRecordException.class, lists::collectAsList))
        .isEqualTo(
            "file:%s/a.tfrecord: record 1 at byte 47: feature 'a' of item 0 has 2 values, but the spec asks for 1"
                .formatted(folder));
  }

  @Test
  void assembledNeedsToKnowTheLabel() {
    RecordFile.write(
        folder.resolve("a.tfrecord"),
        elwc(example(), example("a", floats(1), "utility", floats(2))));

    assertThatThrownBy(() -> load(read().option("assembled", true)))
        .hasMessage(
            "assembled=true needs to know the label, or it would be one of the features; give option labelColumn (empty for data without labels) or a spec");
    assertThatThrownBy(() -> load(read().option("assembled", true).option("labelColumn", "label")))
        .hasMessage("labelColumn 'label' is no feature of the records");
    assertThat(
            load(read().option("assembled", true).option("labelColumn", "utility"))
                .select("utility", "features")
                .toJSON()
                .head())
        .isEqualTo("{\"utility\":[2.0],\"features\":[[1.0]]}");
    assertThat(
            load(read().option("assembled", true).option("labelColumn", ""))
                .select("features")
                .toJSON()
                .head())
        .isEqualTo("{\"features\":[[1.0,2.0]]}");
  }

  @Test
  void otherFormatsAreReadToo() {
    RecordFile.write(
        folder.resolve("eie.tfrecord"),
        example(
            "serialized_context", bytes(example("query", texts("q"))),
            "serialized_examples", bytes(example("a", floats(1)), example("a", floats(2)))));
    RecordFile.write(
        folder.resolve("seq.tfrecord"),
        SequenceExample.newBuilder()
            .setContext(example("query", texts("q")).getFeatures())
            .setFeatureLists(
                FeatureLists.newBuilder()
                    .putFeatureList(
                        "a",
                        FeatureList.newBuilder()
                            .addFeature(floats(1))
                            .addFeature(floats(2))
                            .build()))
            .build());
    RecordFile.write(
        folder.resolve("tfexample.tfrecord"),
        example("query", texts("q"), "a", floats(1)),
        example("query", texts("q"), "a", floats(2)));
    String list =
        "{\"query\":\"q\",\"a\":[1.0,2.0],\"__list_mask__\":[true,true],\"__list_size__\":2}";

    assertThat(ofFormat("eie", null)).containsExactly(list);
    assertThat(ofFormat("seq", null)).containsExactly(list);
    assertThat(ofFormat("tfexample", null))
        .containsExactly(
            "{\"a\":[1.0],\"query\":[\"q\"],\"__list_mask__\":[true],\"__list_size__\":1}",
            "{\"a\":[2.0],\"query\":[\"q\"],\"__list_mask__\":[true],\"__list_size__\":1}");
    assertThat(ofFormat("tfexample", "query"))
        .containsExactly("{\"query\":\"q\",\"a\":1.0}", "{\"query\":\"q\",\"a\":2.0}");
  }

  @Test
  void theSizeOfASequenceDoesNotDependOnTheColumnsAskedFor() {
    RecordFile.write(
        folder.resolve("seq.tfrecord"),
        SequenceExample.newBuilder()
            .setFeatureLists(
                FeatureLists.newBuilder()
                    .putFeatureList("a", FeatureList.newBuilder().addFeature(floats(1)).build())
                    .putFeatureList(
                        "b",
                        FeatureList.newBuilder()
                            .addFeature(floats(1))
                            .addFeature(floats(2))
                            .build()))
            .build());

    assertThat(
            load(read().option("recordFormat", "sequence_example"))
                .select("a", "__list_size__")
                .toJSON()
                .head())
        .isEqualTo("{\"a\":[1.0,null],\"__list_size__\":2}");
  }

  private java.util.List<String> ofFormat(
      String format, @org.jspecify.annotations.Nullable String query) {
    DataFrameReader reader = read().option("recordFormat", format);
    if (query != null) {
      reader = reader.option("queryColumn", query);
    }
    return reader.load(folder.resolve(format + ".tfrecord").toString()).toJSON().collectAsList();
  }

  private static Feature bytes(Example... examples) {
    io.rankline.io.proto.BytesList.Builder list = io.rankline.io.proto.BytesList.newBuilder();
    for (Example example : examples) {
      list.addValue(example.toByteString());
    }
    return Feature.newBuilder().setBytesList(list).build();
  }

  private static DataFrameReader read() {
    return LocalSpark.session().read().format("elwc");
  }

  private Dataset<Row> load(DataFrameReader reader) {
    return reader.load(folder.toString());
  }
}
