package io.rankline.spark.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rankline.feature.DType;
import io.rankline.feature.VarLenFeature;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.spark.table.TableColumn;
import io.rankline.spark.testing.LocalSpark;
import io.rankline.testing.Fuzzing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.csv.CSVHeaderChecker;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.csv.UnivocityParser;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Function1;
import scala.collection.JavaConverters;

/**
 * Rows of CSV with bytes changed, as a task reads them: by Spark's parser, without a job of Spark
 * for each. {@code MutatedTablesTest} converts whole files.
 */
@Tag("spark")
class MutatedRowsTest {

  @TempDir Path folder;

  @Test
  void aMutatedRowBecomesAnItemOrIsRefused() {
    Path file = folder.resolve("rows.csv");
    Fuzzing.of("CSV rows", 0.01, 8 << 20, 1000, CorruptRecordException.class)
        .run(seed -> new Fuzzing.Subject(rows(seed), new Rows(seed, file)::read));
  }

  private static Supplier<byte[]> rows(long seed) {
    Random random = new Random(seed);
    return () -> {
      StringBuilder text = new StringBuilder("qid,title,price,rating,utility\n");
      for (int row = 2 + random.nextInt(6); row >= 0; row--) {
        text.append(random.nextInt(3))
            .append(random.nextInt(4) == 0 ? ",\"a, \"\"b\"\"\"," : ",shoe,")
            .append((float) random.nextGaussian())
            .append(',')
            .append(random.nextInt(3) == 0 ? "" : String.valueOf(random.nextInt(9)))
            .append(',')
            .append(random.nextInt(3))
            .append('\n');
      }
      return text.toString().getBytes(UTF_8);
    };
  }

  /** A file's columns, whose types are drawn: what a file looks like is another's to find out. */
  private static final class Rows {
    private static final List<String> NAMES = List.of("qid", "title", "price", "rating", "utility");
    private static final DataType[] TYPES = {
      DataTypes.DoubleType, DataTypes.StringType, DataTypes.LongType
    };

    private final Path file;
    private final StructType schema;
    private final StructType all;
    private final List<TableRows.Column> columns = new ArrayList<>();
    private final CSVOptions options;
    private final Function1<Object, Object> toRow;
    private final Rejects rejects =
        new Rejects(LocalSpark.session().sparkContext(), CorruptRecordPolicy.FAIL);
    private final CsvLines lines =
        new CsvLines(new SerializableConfiguration(new Configuration()), new TreeMap<>());

    Rows(long seed, Path file) {
      this.file = file;
      Random random = new Random(seed);
      StructType drawn = new StructType();
      for (int c = 0; c < NAMES.size(); c++) {
        boolean isText = NAMES.get(c).equals("title");
        boolean isReal = NAMES.get(c).equals("price");
        DataType type = isText ? DataTypes.StringType : TYPES[random.nextInt(isReal ? 2 : 3)];
        drawn = drawn.add(NAMES.get(c), type);
        DType target =
            isText ? DType.STRING : isReal || random.nextBoolean() ? DType.FLOAT32 : DType.INT64;
        columns.add(
            new TableRows.Column(
                new TableColumn(NAMES.get(c), c, new VarLenFeature(target), "feature"), c == 0));
      }
      this.schema = drawn;
      this.all = drawn.add(CsvReader.MALFORMED, DataTypes.StringType);
      this.options =
          new CSVOptions(
              scala.collection.immutable.Map$.MODULE$.empty(), true, "UTC", CsvReader.MALFORMED);
      this.toRow = CatalystTypeConverters.createToScalaConverter(all);
    }

    void read(byte[] mutant) throws IOException {
      Files.write(file, mutant);
      UnivocityParser parser =
          new UnivocityParser(
              schema, schema, options, JavaConverters.asScalaBuffer(List.<Filter>of()).toSeq());
      Iterator<InternalRow> parsed =
          JavaConverters.asJavaIterator(
              UnivocityParser.parseIterator(
                  JavaConverters.asScalaIterator(
                      new String(mutant, UTF_8).lines().skip(1).iterator()),
                  parser,
                  new CSVHeaderChecker(schema, options, file.toString(), false),
                  all));
      TableRows rows = new TableRows(schema, columns, "qid", rejects, lines);
      Iterator<?> items = rows.call(new Placed(parsed));
      try {
        while (items.hasNext()) {
          items.next();
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    private final class Placed implements Iterator<Row> {
      private final Iterator<InternalRow> parsed;

      Placed(Iterator<InternalRow> parsed) {
        this.parsed = parsed;
      }

      @Override
      public boolean hasNext() {
        return parsed.hasNext();
      }

      @Override
      public Row next() {
        Row row = (Row) toRow.apply(parsed.next());
        Object[] cells = new Object[all.size() + 2];
        for (int c = 0; c < all.size(); c++) {
          cells[c] = row.get(c);
        }
        cells[all.size()] = file.toUri().toString();
        cells[all.size() + 1] = 0L;
        return RowFactory.create(cells);
      }
    }
  }
}
