package io.rankline.spark.source;

import static io.rankline.spark.testing.RecordFile.elwc;
import static io.rankline.spark.testing.RecordFile.example;
import static io.rankline.spark.testing.RecordFile.floats;
import static io.rankline.spark.testing.RecordFile.ints;
import static io.rankline.spark.testing.RecordFile.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.spark.testing.LocalSpark;
import io.rankline.spark.testing.RecordFile;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a DataFrame of records looks like. */
@Tag("spark")
class ReadTest {

  private static final ExampleListWithContext TWO_ITEMS =
      elwc(
          example("query", texts("shoes"), "hour", floats(7), "tokens", texts("red", "shoes")),
          example(
              "price", floats(1.5f), "clicks", ints(3), "title", texts("a"), "tags", ints(1, 2)),
          example("price", floats(2.5f), "title", texts("b")));
  private static final ExampleListWithContext ONE_ITEM =
      elwc(
          example("query", texts("hats")),
          example("price", floats(4), "clicks", ints(0), "tags", ints(9)));

  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;

  @Test
  void everyFeatureIsAColumn() {
    RecordFile.write(folder.resolve("a.tfrecord"), TWO_ITEMS, ONE_ITEM);

    Dataset<Row> lists = spark.read().format("elwc").load(folder.toString());

    assertThat(lists.schema().toDDL())
        .isEqualTo(
            "hour FLOAT,query STRING,tokens ARRAY<STRING>,clicks ARRAY<BIGINT>,price ARRAY<FLOAT>,tags ARRAY<ARRAY<BIGINT>>,title ARRAY<STRING>,__list_mask__ ARRAY<BOOLEAN>,__list_size__ INT");
    assertThat(json(lists))
        .containsExactly(
            "{\"hour\":7.0,\"query\":\"shoes\",\"tokens\":[\"red\",\"shoes\"],\"clicks\":[3,null],\"price\":[1.5,2.5],\"tags\":[[1,2],[]],\"title\":[\"a\",\"b\"],\"__list_mask__\":[true,true],\"__list_size__\":2}",
            "{\"query\":\"hats\",\"tokens\":[],\"clicks\":[0],\"price\":[4.0],\"tags\":[[9]],\"title\":[null],\"__list_mask__\":[true],\"__list_size__\":1}");
  }

  @Test
  void whatIsReadIsWrittenBackTheSame() {
    RecordFile.write(folder.resolve("in/a.tfrecord"), TWO_ITEMS, ONE_ITEM);
    String out = folder.resolve("out").toString();

    spark
        .read()
        .format("elwc")
        .option("listSize", 3)
        .load(folder.resolve("in").toString())
        .write()
        .format("elwc")
        .save(out);

    assertThat(RecordFile.read(Path.of(out))).containsExactly(TWO_ITEMS, ONE_ITEM);
  }

  private static List<String> json(Dataset<Row> rows) {
    return rows.toJSON().collectAsList();
  }
}
