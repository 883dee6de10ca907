package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.spark.testing.LocalSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a database, behind a password: a real H2, read by Spark's JDBC source. */
@Tag("spark")
class DatabaseTableTest {

  private static final String PASSWORD = "swordfish";

  @TempDir private Path folder;

  private String address;

  @BeforeEach
  void fill() throws SQLException, IOException {
    LocalSpark.session();
    address = "jdbc:h2:" + folder.resolve("shop");
    StringBuilder csv = new StringBuilder("id,query,price,colour,relevance\n");
    try (Connection database = DriverManager.getConnection(address, "sa", PASSWORD);
        Statement statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE items (\"id\" INT PRIMARY KEY, \"query\" VARCHAR, \"price\" DECIMAL(10, 2),"
              + " \"colour\" VARCHAR, \"relevance\" SMALLINT)");
      try (PreparedStatement insert =
          database.prepareStatement("INSERT INTO items VALUES (?, ?, ?, ?, ?)")) {
        for (int id = 0; id < 100; id++) {
          String colour = id % 2 == 0 ? "red" : null;
          Object[] row = {id, "q" + id % 20, 1.25 * id, colour, id / 20 % 3};
          for (int c = 0; c < row.length; c++) {
            insert.setObject(c + 1, row[c]);
          }
          insert.execute();
          csv.append(
              "%d,q%d,%s,%s,%d%n"
                  .formatted(id, id % 20, 1.25 * id, colour == null ? "" : colour, id / 20 % 3));
        }
      }
    }
    Files.writeString(folder.resolve("items.csv"), csv);
  }

  @Test
  void aDatabaseIsReadAsAFileOfItsRowsAndItsPasswordIsWrittenNowhere() throws IOException {
    String open = address + ";USER=sa;PASSWORD=" + PASSWORD;
    CommandRun trained = train(open, "model", options());
    CommandRun again = train(open, "model", options());
    CommandRun scores = score("scores", "model", address, options());
    CommandRun ofCsv = score("scores-csv", "model", "csv:" + folder + "/items.csv");

    List<CommandRun> all = List.of(trained, again, scores, ofCsv);
    for (CommandRun run : all) {
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out() + run.err()).doesNotContain(PASSWORD);
    }
    String shown = address + ";USER=sa;PASSWORD=***";
    assertThat(trained.out()).startsWith("made 20 lists of " + shown + " in ");
    assertThat(again.out())
        .startsWith("found lists of " + shown + " in ")
        .contains("; delete that folder to make them anew");
    assertThat(lines("scores")).hasSize(101).isEqualTo(lines("scores-csv"));
    assertThat(filesWith(PASSWORD, folder.resolve("model"))).isEmpty();
    assertThat(filesWith("***", folder.resolve("model"))).isNotEmpty();
  }

  @Test
  void aDraftLeavesThePasswordToTheEnvironment() throws IOException {
    Path conf = folder.resolve("drafted.conf");

    CommandRun drafted = inspect(address, conf, options());
    CommandRun open = inspect(address + ";PASSWORD=" + PASSWORD, conf, "dbtable=items", "user=sa");

    assertThat(drafted.err()).isEmpty();
    assertThat(Files.readString(conf))
        .contains("train_input = \"" + address + "\"", "\"password\" = ${DATA_PASSWORD}")
        .doesNotContain(PASSWORD);
    assertThat(CommandRun.of("train", conf).err()).contains("${DATA_PASSWORD}");
    assertThat(open.err())
        .startsWith("rankline: the address of the table holds a password, and so would the")
        .doesNotContain(PASSWORD);
  }

  @Test
  void whatADatabaseNeedsIsTold() throws IOException {
    CommandRun noTable = train(address, "model");
    CommandRun noDriver =
        train("jdbc:nosuch://u:" + PASSWORD + "@host/db", "model", "dbtable=items");
    CommandRun wrong = train(address, "model", "dbtable=items", "user=sa", "password=guess");
    CommandRun noColumn =
        train(
            address,
            "model",
            "user=sa",
            "password=" + PASSWORD,
            "query=SELECT \"query\", \"price\" AS PRICE, \"colour\", \"relevance\" FROM items");

    assertThat(noTable.err())
        .startsWith(
            "rankline: " + address + ": the option dbtable, or query, must say what to read");
    assertThat(noDriver.err())
        .startsWith(
            "rankline: jdbc:nosuch://u:***@host/db: there is no driver for it on the class path");
    assertThat(wrong.err()).contains("Wrong user name or password");
    assertThat(noColumn.err())
        .startsWith(
            "rankline: " + address + ": there is no column 'price'; columns are query, PRICE,");
  }

  @Test
  void avroIsReadAsCsvIs() throws IOException {
    LocalSpark.session()
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(folder + "/items.csv")
        .coalesce(1)
        .write()
        .format("avro")
        .save(folder + "/avro");

    CommandRun trained = train("avro:" + folder + "/avro", "model");
    CommandRun inspected = CommandRun.of("inspect", "avro:" + folder + "/avro");
    CommandRun scored = score("scores", "model", "avro:" + folder + "/avro");
    CommandRun ofCsv = score("scores-csv", "model", "csv:" + folder + "/items.csv");

    for (CommandRun run : List.of(trained, inspected, scored, ofCsv)) {
      assertThat(run.status()).as(run.err()).isZero();
    }
    assertThat(inspected.out()).startsWith("avro:" + folder).contains("lists 20   items 100");
    assertThat(lines("scores")).isEqualTo(lines("scores-csv"));
  }

  /** In two reads, each of half of the ids. */
  private static String[] options() {
    return new String[] {
      "dbtable=items",
      "user=sa",
      "password=" + PASSWORD,
      "partitionColumn=id",
      "lowerBound=0",
      "upperBound=100",
      "numPartitions=2"
    };
  }

  private static CommandRun inspect(String table, Path conf, String... options) {
    List<Object> words = new ArrayList<>(List.of("inspect", table, "--conf-out", conf));
    Stream.of(options).forEach(option -> words.addAll(List.of("--data-option", option)));
    return CommandRun.of(words.toArray());
  }

  private CommandRun score(String output, String model, String table, String... options) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "score",
                "--model",
                folder.resolve(model + "/export/latest_model"),
                "--data",
                table,
                "--item-column",
                "id",
                "--to",
                "csv",
                "--output",
                folder.resolve(output)));
    Stream.of(options).forEach(option -> words.addAll(List.of("--data-option", option)));
    return CommandRun.of(words.toArray());
  }

  private CommandRun train(String table, String model, String... options) throws IOException {
    List<Object> words = new ArrayList<>(List.of("train", conf(table, model)));
    for (String option : options) {
      int equals = option.indexOf('=');
      words.add("--set");
      words.add(
          "data.input_options.%s=\"%s\""
              .formatted(
                  option.substring(0, equals), option.substring(equals + 1).replace("\"", "\\\"")));
    }
    return CommandRun.of(words.toArray());
  }

  private Path conf(String table, String model) throws IOException {
    return Files.writeString(
        folder.resolve("run.conf"),
        """
        data {
          train_input = "%s", group_column = query, split { train = 0.5, valid = 0.5 }
          train_batch_size = 4, valid_batch_size = 4
          features {
            example { price { dtype = float32 }, colour { dtype = string, default = "" } }
            label { name = relevance, dtype = int64, default = -1 }
          }
        }
        model {
          preprocess { embeddings { colour { hash_buckets = 10, dimension = 2 } } }
          scorer { type = dnn, hidden_layer_dims = [3] }
        }
        pipeline { model_dir = "%s/%s", num_epochs = 1, loss = softmax_loss }
        """
            .formatted(table, folder, model));
  }

  /** The head, and the rows of all files in order. */
  private List<String> lines(String output) throws IOException {
    try (Stream<Path> parts = Files.list(folder.resolve(output))) {
      return parts.flatMap(DatabaseTableTest::linesOf).distinct().sorted().toList();
    }
  }

  private static Stream<String> linesOf(Path file) {
    try {
      return file.toString().endsWith(".csv") ? Files.readAllLines(file).stream() : Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> filesWith(String text, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
      return found;
    }
  }
}
