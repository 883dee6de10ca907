package io.rankline.spark.source;

import static io.rankline.spark.testing.RecordFile.elwc;
import static io.rankline.spark.testing.RecordFile.example;
import static io.rankline.spark.testing.RecordFile.floats;
import static io.rankline.spark.testing.RecordFile.ints;
import static io.rankline.spark.testing.RecordFile.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.spark.testing.LocalSpark;
import io.rankline.spark.testing.RecordFile;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Padding, truncation, and what stands where nothing is. */
@Tag("spark")
class ListSizeTest {

  private static final String SPEC =
      """
      {"example": {
         "price": {"dtype": "float32", "default": 0.5},
         "rank": {"dtype": "int64", "default": 9},
         "title": {"dtype": "string", "default": "none"},
         "pair": {"dtype": "float32", "shape": [2], "default": [1, 2]},
         "tags": {"kind": "ragged", "dtype": "int64"}},
       "label": {"name": "utility", "dtype": "float32", "default": -1}}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeTheTwoListsOfTheReferenceCase() {
    RecordFile.write(
        folder.resolve("a.tfrecord"),
        elwc(
            example(),
            example(
                "utility",
                floats(0),
                "price",
                floats(3),
                "rank",
                ints(1),
                "title",
                texts("a"),
                "pair",
                floats(5, 6),
                "tags",
                ints(7, 8)),
            example("utility", floats(1))),
        elwc(example(), example("utility", floats(0))));
  }

  @Test
  void listsAreAsLongAsTheyAreWithoutAListSize() {
    assertThat(read().option("spec", SPEC).load(folder.toString()).select("utility"))
        .satisfies(
            rows ->
                assertThat(json(rows))
                    .containsExactly("{\"utility\":[0.0,1.0]}", "{\"utility\":[0.0]}"));
  }

  @Test
  void shortListsArePaddedWithTheDefaults() {
    Dataset<Row> lists = read().option("spec", SPEC).option("listSize", 3).load(folder.toString());

    assertThat(json(lists))
        .containsExactly(
            "{\"pair\":[[5.0,6.0],[1.0,2.0],[1.0,2.0]],\"price\":[3.0,0.5,0.5],\"rank\":[1,9,9],\"tags\":[[7,8],[],[]],\"title\":[\"a\",\"none\",\"none\"],\"utility\":[0.0,1.0,-1.0],\"__list_mask__\":[true,true,false],\"__list_size__\":2}",
            "{\"pair\":[[1.0,2.0],[1.0,2.0],[1.0,2.0]],\"price\":[0.5,0.5,0.5],\"rank\":[9,9,9],\"tags\":[[],[],[]],\"title\":[\"none\",\"none\",\"none\"],\"utility\":[0.0,-1.0,-1.0],\"__list_mask__\":[true,false,false],\"__list_size__\":1}");
  }

  @Test
  void longListsAreCutAndTheirSizeIsKept() {
    Dataset<Row> lists =
        read()
            .option("spec", SPEC)
            .option("listSize", 1)
            .load(folder.toString())
            .select("utility", "__list_mask__", "__list_size__");

    assertThat(json(lists))
        .containsExactly(
            "{\"utility\":[0.0],\"__list_mask__\":[true],\"__list_size__\":2}",
            "{\"utility\":[0.0],\"__list_mask__\":[true],\"__list_size__\":1}");
  }

  @Test
  void paddingIsNullWhereThereIsNoDefault() {
    Dataset<Row> lists =
        read()
            .option("spec", "{example: {utility: {dtype: float32}}}")
            .option("listSize", 2)
            .load(folder.toString())
            .select("utility");

    assertThat(lists.collectAsList().get(1).getList(0)).containsExactly(0f, null);
  }

  @Test
  void assembledFeaturesAreOneArrayAnItem() {
    Dataset<Row> lists =
        read()
            .option("spec", SPEC)
            .option("assembled", true)
            .option("listSize", 2)
            .load(folder.toString());

    assertThat(lists.schema().toDDL())
        .startsWith(
            "rank ARRAY<BIGINT>,tags ARRAY<ARRAY<BIGINT>>,title ARRAY<STRING>,utility ARRAY<FLOAT>,features ARRAY<ARRAY<FLOAT>>");
    assertThat(json(lists.select("features", "utility")))
        .containsExactly(
            "{\"features\":[[5.0,6.0,3.0],[1.0,2.0,0.5]],\"utility\":[0.0,1.0]}",
            "{\"features\":[[1.0,2.0,0.5],[1.0,2.0,0.5]],\"utility\":[0.0,-1.0]}");
  }

  @Test
  void shuffledItemsAreCutAfterwardsAndTheSameInEveryRun() {
    var items = new io.rankline.io.proto.Example[50];
    for (int i = 0; i < items.length; i++) {
      items[i] = example("position", floats(i));
    }
    Path file = RecordFile.write(folder.resolve("b/b.tfrecord"), elwc(example(), items));

    List<Float> first = shuffled(file, 7);

    assertThat(first).hasSize(10).doesNotHaveDuplicates().anyMatch(position -> position >= 10);
    assertThat(shuffled(file, 7)).isEqualTo(first);
    assertThat(shuffled(file, 8)).isNotEqualTo(first);
  }

  private static List<Float> shuffled(Path file, long seed) {
    return read()
        .option("shuffleExamples", true)
        .option("seed", seed)
        .option("listSize", 10)
        .load(file.toString())
        .select("position")
        .head()
        .getList(0);
  }

  private static DataFrameReader read() {
    return LocalSpark.session().read().format("elwc");
  }

  private static List<String> json(Dataset<Row> rows) {
    return rows.toJSON().collectAsList();
  }
}
