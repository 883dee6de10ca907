package io.rankline.spark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void numbersStandBelowEachOther() {
    assertThat(printed(80))
        .isEqualTo(
            """
            feature          min   mean
            price           1.50   20.1
            a_longer_name  -7.25  300.0
            """);
  }

  @Test
  void aNarrowTerminalLosesTheLeastImportantColumn() {
    assertThat(printed(22))
        .isEqualTo(
            """
            feature          min
            price           1.50
            a_longer_name  -7.25
            """);
  }

  @Test
  void thenNamesAreCutInTheMiddleForTheirEndsTellThemApart() {
    assertThat(printed(19))
        .isEqualTo(
            """
            feature         min
            price          1.50
            a_long…_name  -7.25
            """);
  }

  private static String printed(int width) {
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column("feature", 0),
                new TextTable.Column("min", 0),
                new TextTable.Column("mean", 1)));
    table.add(List.of("price", "1.50", "20.1"));
    table.add(List.of("a_longer_name", "-7.25", "300.0"));
    StringWriter out = new StringWriter();
    table.print(new PrintWriter(out), width);
    return out.toString();
  }
}
