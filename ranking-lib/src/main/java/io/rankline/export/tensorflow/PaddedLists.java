package io.rankline.export.tensorflow;

import static io.rankline.export.tensorflow.proto.DataType.DT_BOOL;
import static io.rankline.export.tensorflow.proto.DataType.DT_FLOAT;
import static io.rankline.export.tensorflow.proto.DataType.DT_INT32;
import static io.rankline.export.tensorflow.proto.DataType.DT_INT64;
import static io.rankline.export.tensorflow.proto.DataType.DT_STRING;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.rankline.data.ListBatch;
import io.rankline.export.tensorflow.proto.DataType;
import java.util.List;

/**
 * Records are ExampleListWithContext. Only real items become rows; their scores go back to [B, L].
 */
final class PaddedLists implements Lists {

  private static final String PACKAGE = "rankline";
  private static final String MESSAGE = "ExampleListWithContext";
  private static final String EXAMPLES = "examples";
  private static final String CONTEXT = "context";

  /** Scores of attention at padding, whose exponential is 0. */
  private static final float NO_ATTENTION = -1e30f;

  private final GraphBuilder graph;
  private final RowSteps rows;

  /** [B, L], true at a real item. */
  private final String mask;

  /** The places of real items in [B, L], int64 [M, 2]. */
  private final String places;

  /** B and L, int64. */
  private final String shape;

  private final String items;
  private final String contexts;

  /** Of serialized ExampleListWithContext, [B]. */
  PaddedLists(String records, GraphBuilder graph) {
    this.graph = graph;
    this.rows = new RowSteps(graph);
    String decoded =
        graph
            .op("DecodeProtoV2", records)
            .text("message_type", PACKAGE + "." + MESSAGE)
            .texts("field_names", List.of(EXAMPLES, CONTEXT))
            .types("output_types", List.of(DT_STRING, DT_STRING))
            .bytes("descriptor_source", descriptor())
            .add();
    String messages = decoded + ":1";
    this.shape = graph.op("Shape", messages).type("T", DT_STRING).type("out_type", DT_INT64).add();
    this.mask = mask(decoded);
    this.places = graph.op("Where", mask).type("T", DT_BOOL).add();
    this.items = real(messages, DT_STRING);
    this.contexts =
        graph.op("ReduceJoin", decoded + ":2", graph.scalar(1)).text("separator", "").add();
  }

  @Override
  public String contexts() {
    return contexts;
  }

  @Override
  public String items() {
    return items;
  }

  @Override
  public String ofItems(String ofLists) {
    return rows.gather(ofLists, DT_FLOAT, rows.column(places, DT_INT64, 0));
  }

  @Override
  public String sum(String x) {
    return pooled("UnsortedSegmentSum", x);
  }

  @Override
  public String largest(String x) {
    return pooled("UnsortedSegmentMax", x);
  }

  private String pooled(String op, String x) {
    String list = rows.column(places, DT_INT64, 0);
    return rows.gather(
        rows.pooled(op, x, DT_FLOAT, list, rows.number(shape, DT_INT64, 0)), DT_FLOAT, list);
  }

  /** Every item beside every other of its list. */
  @Override
  public String place(String x) {
    String padded = answer(x, 1, Float.NaN);
    String own = graph.op("ExpandDims", padded, graph.scalar(2)).type("T", DT_FLOAT).add();
    String others = graph.op("ExpandDims", padded, graph.scalar(1)).type("T", DT_FLOAT).add();
    String upTo = counted(rows.binary("GreaterEqual", own, others, DT_FLOAT));
    String below = counted(rows.binary("Greater", own, others, DT_FLOAT));
    String both = rows.binary("AddV2", upTo, below, DT_FLOAT);
    String half = rows.binary("Mul", real(both, DT_FLOAT), graph.scalar(0.5f), DT_FLOAT);
    return rows.reshaped(half, DT_FLOAT, -1, 1);
  }

  /** [B, L, L] truths, how many of each item, [B, L]. */
  private String counted(String truths) {
    return graph
        .op("Sum", rows.cast(truths, DT_BOOL, DT_FLOAT), graph.scalar(2))
        .type("T", DT_FLOAT)
        .type("Tidx", DT_INT32)
        .add();
  }

  /** Items go to [B, L] and back, since a list is a matrix of attention. */
  @Override
  public String attend(String x, int heads, int keyDim) {
    String padded =
        graph
            .op(
                "ScatterNd",
                places,
                rows.reshaped(x, DT_FLOAT, -1, 3, heads, keyDim),
                shapeAnd(3, heads, keyDim))
            .type("T", DT_FLOAT)
            .type("Tindices", DT_INT64)
            .add();
    String parts =
        graph
            .op("Unpack", transposed(padded, 2, 0, 3, 1, 4))
            .number("num", 3)
            .type("T", DT_FLOAT)
            .add();
    String likeness =
        graph.op("BatchMatMulV2", parts, parts + ":1").type("T", DT_FLOAT).truth("adj_y").add();
    String scaled =
        rows.binary("Mul", likeness, graph.scalar((float) (1 / Math.sqrt(keyDim))), DT_FLOAT);
    String weights =
        graph
            .op(
                "Softmax",
                graph
                    .op("SelectV2", maskOfKeys(), scaled, graph.scalar(NO_ATTENTION))
                    .type("T", DT_FLOAT)
                    .add())
            .type("T", DT_FLOAT)
            .add();
    String mixed = graph.op("BatchMatMulV2", weights, parts + ":2").type("T", DT_FLOAT).add();
    return rows.reshaped(
        real(transposed(mixed, 0, 2, 1, 3), DT_FLOAT), DT_FLOAT, -1, heads * keyDim);
  }

  /** [B, L], or [B, L, each] for several scores an item. */
  @Override
  public String answer(String scores, int each) {
    return answer(scores, each, (float) ListBatch.PADDING_SCORE);
  }

  private String answer(String scores, int each, float padding) {
    return graph
        .op(
            "TensorScatterUpdate",
            rows.filled(
                each == 1 ? shape : shapeAnd(each), DT_INT64, graph.scalar(padding), DT_FLOAT),
            places,
            each == 1 ? rows.flat(scores, DT_FLOAT) : scores)
        .type("T", DT_FLOAT)
        .type("Tindices", DT_INT64)
        .add();
  }

  private String mask(String decoded) {
    String counts =
        graph.op("Unpack", decoded).number("num", 2).number("axis", 1).type("T", DT_INT32).add();
    String sizes = rows.reshaped(rows.cast(counts, DT_INT32, DT_INT64), DT_INT64, -1, 1);
    return rows.binary("Less", rows.places(rows.number(shape, DT_INT64, 1)), sizes, DT_INT64);
  }

  /** [B, 1, 1, L]. */
  private String maskOfKeys() {
    String once = graph.op("ExpandDims", mask, graph.scalar(1)).type("T", DT_BOOL).add();
    return graph.op("ExpandDims", once, graph.scalar(1)).type("T", DT_BOOL).add();
  }

  /** What [B, L, ...] has of real items. */
  private String real(String padded, DataType type) {
    return graph
        .op("GatherNd", padded, places)
        .type("Tparams", type)
        .type("Tindices", DT_INT64)
        .add();
  }

  private String transposed(String x, int... order) {
    return graph.op("Transpose", x, graph.ints(order)).type("T", DT_FLOAT).add();
  }

  /** B, L and these. */
  private String shapeAnd(long... further) {
    return graph
        .op("ConcatV2", shape, graph.longs(further), graph.scalar(0))
        .number("N", 2)
        .type("T", DT_INT64)
        .add();
  }

  /**
   * The two fields of a record. Both are repeated bytes: a context may come in several pieces, and
   * serialized messages that stand one after the other are merged when they are parsed.
   */
  private static ByteString descriptor() {
    FileDescriptorSet files =
        FileDescriptorSet.newBuilder()
            .addFile(
                FileDescriptorProto.newBuilder()
                    .setName("rankline/example_list_with_context.proto")
                    .setPackage(PACKAGE)
                    .addMessageType(
                        DescriptorProto.newBuilder()
                            .setName(MESSAGE)
                            .addField(field(EXAMPLES, 1))
                            .addField(field(CONTEXT, 2))))
            .build();
    return ByteString.copyFromUtf8("bytes://").concat(files.toByteString());
  }

  private static FieldDescriptorProto field(String name, int number) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)
        .setType(FieldDescriptorProto.Type.TYPE_BYTES)
        .build();
  }
}
