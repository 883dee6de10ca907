package io.rankline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableInputsTest {

  @TempDir private Path folder;

  @Test
  void oneTableIsSplitByQuery() throws IOException {
    RunConfig run = load("train_input = \"csv:/shop/items.csv\", group_column = query");

    TableInputs tables = run.tables().orElseThrow();

    assertThat(tables.splitText()).isEqualTo("train=0.8,valid=0.1,test=0.1");
    assertThat(tables.listsDir()).isEqualTo("/models/shop/lists");
    assertThat(run.datasetHparams().trainInputPattern()).isEqualTo("/models/shop/lists/train");
    assertThat(run.datasetHparams().validInputPattern()).isEqualTo("/models/shop/lists/valid");
    assertThat(run.datasetHparams().testInputPattern()).isEqualTo("/models/shop/lists/test");
  }

  @Test
  void partsMayHaveTablesOfTheirOwn() throws IOException {
    RunConfig run =
        load(
            """
            train_input = "table:shop.train", valid_input = "table:shop.valid"
            group_column = query, lists_dir = /lists
            """);

    assertThat(run.tables().orElseThrow().splitText()).isEmpty();
    assertThat(run.datasetHparams().validInputPattern()).isEqualTo("/lists/valid");
    assertThat(run.datasetHparams().testInputPattern()).isNull();
  }

  @Test
  void aPasswordIsNotShownOrExported() throws IOException {
    RunConfig run =
        load(
            "train_input = \"jdbc:h2:mem\", group_column = query,"
                + " input_options { dbtable = items, password = secret, sfToken = secret }");
    RunConfig open = load("train_input = \"jdbc:h2:mem;PASSWORD=secret\", group_column = query");

    assertThat(run.text()).contains("dbtable=items").doesNotContain("secret");
    assertThat(run.tables().orElseThrow().inputOptions()).containsEntry("password", "secret");
    assertThat(open.text()).contains("jdbc:h2:mem;PASSWORD=***").doesNotContain("secret");
    assertThat(open.tables().orElseThrow().trainInput()).endsWith("PASSWORD=secret");
  }

  @Test
  void everyFaultIsToldWithItsPlace() {
    assertFaults(
        "train_input = \"csv:/x\", train_input_pattern = /y",
        "data.group_column must name the column that tells the queries of train_input apart",
        "data.train_input_pattern must be left out with train_input, which says what to read");
    assertFaults(
        "train_input = \"csv:/x\", group_column = q, lists_dir = \"/a,b\"",
        "data.lists_dir must be a path without , [ ] { } * ? and \\, which make it a pattern, got"
            + " '/a,b'; by default it lies below model_dir");
    assertFaults(
        "train_input = \"csv:/x\", group_column = price",
        "data.group_column must not be a feature of items, a label or a weight, got 'price'");
    assertFaults(
        "train_input = \"csv:/x\", group_column = q, valid_input = \"csv:/y\","
            + " split { train = 1, valid = 1 }",
        "data.split must be left out with valid_input, which says what to validate with",
        "data.split must have shares above 0 that sum to 1, got {train=1.0, valid=1.0}");
    assertFaults(
        "train_input = \"csv:/x\", group_column = q, split { train = 0.9, test = 0.1 }",
        "data.split must have shares of train, valid and, if wanted, test, got [test, train]");
    assertFaults(
        "test_input = \"csv:/x\", train_input_pattern = /y, valid_input_pattern = /z",
        "data.train_input must be there where valid_input or test_input is",
        "data.test_input needs valid_input; without it, split takes the test data from"
            + " train_input");
  }

  private void assertFaults(String data, String... faults) {
    assertThatThrownBy(() -> load(data))
        .isInstanceOf(ConfigurationException.class)
        .satisfies(
            e -> {
              for (String fault : faults) {
                assertThat(e.getMessage()).contains(fault);
              }
              assertThat(String.valueOf(e.getMessage()).lines()).hasSize(faults.length);
            });
  }

  private RunConfig load(String data) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("run.conf"),
            """
            data {
              %s
              train_batch_size = 4, valid_batch_size = 4
              features {
                example { price { dtype = float32, default = 0 } }
                label { name = relevance, dtype = int64, default = -1 }
              }
            }
            model { scorer { type = dnn, hidden_layer_dims = [3] } }
            pipeline { model_dir = /models/shop, num_epochs = 1, loss = softmax_loss }
            """
                .formatted(data));
    return RunConfig.load(file, List.of());
  }
}
