package io.rankline.spark.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.GetColumnByOrdinal;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag$;

/**
 * Rows as Spark itself holds them. A {@link Row} costs an object for every number of every cell,
 * both on the way to a function and back, which takes longer than a network takes to score it.
 */
public final class InternalRows {

  private InternalRows() {}

  /** The same rows, each a copy of its own. */
  public static Dataset<InternalRow> of(Dataset<Row> rows) {
    return rows.as(encoder(rows.schema()));
  }

  /** Takes rows of a schema as they are. */
  public static Encoder<InternalRow> encoder(StructType schema) {
    Expression row = new BoundReference(0, schema, false);
    List<Expression> read = new ArrayList<>();
    List<Expression> written = new ArrayList<>();
    for (int c = 0; c < schema.length(); c++) {
      Literal name =
          new Literal(UTF8String.fromString(schema.fields()[c].name()), DataTypes.StringType);
      read.add(name);
      read.add(new GetColumnByOrdinal(c, schema.fields()[c].dataType()));
      written.add(name);
      written.add(new GetStructField(row, c, Option.empty()));
    }
    // Spark uses the memory of a row again for the next.
    Expression copy =
        new Invoke(
            new CreateNamedStruct(seq(read)),
            "copy",
            new ObjectType(InternalRow.class),
            seq(List.of()),
            seq(List.of()),
            true,
            false,
            true);
    return new ExpressionEncoder<>(
        new CreateNamedStruct(seq(written)), copy, ClassTag$.MODULE$.apply(InternalRow.class));
  }

  private static <T> Seq<T> seq(List<T> of) {
    return JavaConverters.asScalaBuffer(of).toSeq();
  }
}
