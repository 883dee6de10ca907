package io.rankline.spark.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.io.RecordFiles;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataInputTest {

  @ParameterizedTest
  @CsvSource({
    "csv:/logs/day.txt, csv, /logs/day.txt",
    "CSV:/logs/day.txt, csv, /logs/day.txt",
    "orc:/logs/day, orc, /logs/day",
    "parquet:hdfs://node/logs, parquet, hdfs://node/logs",
    "parquet:logs, parquet, logs",
    "org.example.Source:/logs, org.example.source, /logs",
    "table:shop.clicks, table, shop.clicks",
    "jdbc:postgresql://node/shop, jdbc, jdbc:postgresql://node/shop",
    "elsewhere:logs, elsewhere, logs",
    "parqet:/logs, parqet, /logs",
  })
  void whatStandsBeforeAColonIsAFormat(String text, String source, String location)
      throws IOException {
    assertThat(parse(text)).returns(source, DataInput::source);
    assertThat(parse(text)).returns(location, DataInput::location);
  }

  @ParameterizedTest
  @CsvSource({
    "hdfs://node/logs/a.csv",
    "hdfs:/logs/a.csv",
    "file:/logs/a.csv",
    "C:/logs/a.csv",
    "/logs/a.csv",
  })
  void aSchemeIsNone(String text) throws IOException {
    assertThat(parse(text)).returns("csv", DataInput::source);
    assertThat(parse(text)).returns(text, DataInput::location);
  }

  private static DataInput parse(String text) throws IOException {
    return DataInput.parse(
        text, null, DataFormat.ELWC, Map.of(), new RecordFiles(new Configuration()));
  }
}
