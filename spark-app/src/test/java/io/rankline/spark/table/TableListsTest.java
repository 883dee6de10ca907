package io.rankline.spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.record.RecordFormat;
import io.rankline.spark.testing.LocalSpark;
import io.rankline.spark.testing.RecordFile;
import io.rankline.testing.RankingLists;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows make a list, and in which order lists and items come. */
class TableListsTest {

  private static final RankingTable ITEMS =
      RankingTable.ofItems(ShopLog.SCHEMA, ShopLog.spec(), "qid");

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} partitions, seed 5")
  @ValueSource(ints = {1, 3, 8})
  void neitherShufflingNorPartitionsChangeListsOrTheirOrder(int partitions) {
    List<Row> rows = ShopLog.rows(60, 5);
    List<byte[]> expected = encoded(ShopLog.table(rows).coalesce(1), ITEMS, 2);
    Collections.shuffle(rows, new Random(partitions));

    List<byte[]> shuffled = encoded(ShopLog.table(rows).repartition(7), ITEMS, partitions);

    assertThat(expected).hasSize(60);
    assertThat(shuffled).containsExactlyElementsOf(expected);
  }

  @Test
  void aListIsWhatItsElwcRecordIsReadAs() throws IOException {
    Dataset<Row> table = ShopLog.table(ShopLog.rows(20, 6));
    List<RankingList> lists = TableLists.of(table, ITEMS, 2).lists().collect();

    TableFiles.Written written =
        TableFiles.write(table, ITEMS, folder.toString(), 3, CorruptRecordPolicy.FAIL);

    List<byte[]> records = RecordFile.readBytes(folder);
    assertThat(written.lists()).isEqualTo(20).isEqualTo(records.size());
    for (int k = 0; k < lists.size(); k++) {
      byte[] record = records.get(k);
      RankingList read =
          RecordFormat.ELWC.decoder(ShopLog.spec(), ListSize.ALL).decode(record, 0, record.length);
      RankingLists.assertSame(lists.get(k), read);
    }
  }

  @Test
  void equalRowsAreItemsEach() {
    List<Row> rows = ShopLog.rows(1, 7);
    List<Row> twice = new ArrayList<>(rows);
    twice.addAll(rows);

    assertThat(TableLists.of(ShopLog.table(twice), ITEMS, 2).lists().first().size())
        .isEqualTo(2 * rows.size());
  }

  @Test
  void itemsAreNotInTheOrderOfTheirLabels() {
    List<Row> rows = ShopLog.rows(200, 8);
    int up = 0;
    int pairs = 0;
    for (RankingList list : TableLists.of(ShopLog.table(rows), ITEMS, 1).lists().collect()) {
      for (int i = 1; i < list.size(); i++) {
        pairs += list.label(0, i) != list.label(0, i - 1) ? 1 : 0;
        up += list.label(0, i) > list.label(0, i - 1) ? 1 : 0;
      }
    }
    assertThat((double) up / pairs).isBetween(0.42, 0.58);
  }

  @Test
  void groupsAreTextNegativeLargeOrDecimal() {
    StructType schema =
        new StructType()
            .add("qid", DataTypes.createDecimalType(38, 0))
            .add("x", DataTypes.FloatType)
            .add("grade", DataTypes.FloatType);
    BigDecimal large = new BigDecimal("18446744073709551615");
    List<Row> rows = new ArrayList<>();
    for (BigDecimal query : List.of(large, large.subtract(BigDecimal.ONE), large.negate())) {
      rows.add(RowFactory.create(query, 1f, 1f));
      rows.add(RowFactory.create(query, 2f, 0f));
    }
    RecordSpec spec =
        RecordSpecText.parse(
            "example { x { dtype = float32 } }, label { name = grade, dtype = float32 }", "test");
    for (String type : List.of("decimal(38,0)", "string")) {
      Dataset<Row> table =
          LocalSpark.session()
              .createDataFrame(rows, schema)
              .withColumn("qid", functions.col("qid").cast(type));
      List<RankingList> lists =
          TableLists.of(table, RankingTable.ofItems(table.schema(), spec, "qid"), 3)
              .lists()
              .collect();
      assertThat(lists).hasSize(3).allSatisfy(list -> assertThat(list.size()).isEqualTo(2));
    }
  }

  @Test
  void aRowThatIsAListGivesTheSameListWithItsItemsInTheirOrder() throws IOException {
    List<Row> rows = ShopLog.rows(30, 9);
    TableFiles.write(ShopLog.table(rows), ITEMS, folder.toString(), 2, CorruptRecordPolicy.FAIL);
    List<byte[]> records = RecordFile.readBytes(folder);
    Dataset<Row> lists =
        LocalSpark.session()
            .read()
            .format("elwc")
            .option("spec", RecordSpecText.render(ShopLog.spec()))
            .option("listSize", 9)
            .load(folder.toString());
    RankingTable table = RankingTable.ofLists(lists.schema(), ShopLog.spec(), null);

    List<byte[]> once = encoded(lists.coalesce(1), table, 1);
    List<byte[]> again = encoded(lists.repartition(5), table, 4);

    assertThat(again).containsExactlyElementsOf(once);
    assertThat(asText(once)).containsExactlyInAnyOrderElementsOf(asText(records));
  }

  private static Set<String> asText(List<byte[]> records) {
    return records.stream().map(Arrays::toString).collect(Collectors.toCollection(HashSet::new));
  }

  private static List<byte[]> encoded(Dataset<Row> data, RankingTable table, int partitions) {
    ElwcEncoder encoder = new ElwcEncoder(table.spec());
    return TableLists.of(data, table, partitions).lists().collect().stream()
        .map(encoder::encode)
        .toList();
  }
}
