package io.rankline.peers.serving;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A tower of dense layers as a file of ONNX: Gemm and Relu, batch norm folded into the weights, as
 * people export networks to serve them. Numbers of fields are those of onnx.proto.
 */
final class OnnxTower {

  private static final int FLOAT = 1;

  /** Of batch norm in a dense block. */
  private static final double EPSILON = 1e-3;

  /** A message while it is written. */
  @FunctionalInterface
  private interface Message {
    void write(CodedOutputStream out) throws IOException;
  }

  private OnnxTower() {}

  /** The file of a graph of hidden layers {@code hidden_1} and so on, and {@code score_head}. */
  static byte[] of(ComputationGraph graph, int hiddenLayers) throws IOException {
    return bytes(
        model -> {
          model.writeInt64(1, 8);
          message(model, 8, opset -> opset.writeInt64(2, 13));
          message(
              model,
              7,
              out -> {
                String input = "features";
                for (int k = 1; k <= hiddenLayers; k++) {
                  layer(out, graph, "hidden_" + k, input, true);
                  input = "hidden_" + k + "_relu";
                }
                layer(out, graph, "score_head", input, false);
                out.writeString(2, "tower");
                value(out, 11, "features", ServedTower.FEATURES);
                value(out, 12, "score_head", 1);
              });
        });
  }

  private static void layer(
      CodedOutputStream out, ComputationGraph graph, String name, String input, boolean hasRelu)
      throws IOException {
    INDArray weights = graph.getLayer(name).getParam("W");
    int inputs = (int) weights.size(0);
    int outputs = (int) weights.size(1);
    float[] values = new float[inputs * outputs];
    float[] bias = new float[outputs];
    for (int j = 0; j < outputs; j++) {
      double factor = 1;
      if (hasRelu) {
        double variance = graph.getLayer(name).getParam("var").getDouble(j);
        factor =
            graph.getLayer(name).getParam("gamma").getDouble(j) / Math.sqrt(variance + EPSILON);
        bias[j] =
            (float)
                (graph.getLayer(name).getParam("beta").getDouble(j)
                    - graph.getLayer(name).getParam("mean").getDouble(j) * factor);
      } else {
        bias[j] = graph.getLayer(name).getParam("b").getFloat(j);
      }
      for (int i = 0; i < inputs; i++) {
        values[i * outputs + j] = (float) (weights.getFloat(i, j) * factor);
      }
    }
    tensor(out, name + "_weights", values, inputs, outputs);
    tensor(out, name + "_bias", bias, outputs);
    node(out, "Gemm", name, input, name + "_weights", name + "_bias");
    if (hasRelu) {
      node(out, "Relu", name + "_relu", name);
    }
  }

  private static void node(CodedOutputStream out, String operator, String output, String... inputs)
      throws IOException {
    message(
        out,
        1,
        node -> {
          for (String input : inputs) {
            node.writeString(1, input);
          }
          node.writeString(2, output);
          node.writeString(4, operator);
        });
  }

  private static void tensor(CodedOutputStream out, String name, float[] values, int... shape)
      throws IOException {
    ByteBuffer raw =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    message(
        out,
        5,
        tensor -> {
          for (int size : shape) {
            tensor.writeInt64(1, size);
          }
          tensor.writeInt32(2, FLOAT);
          tensor.writeString(8, name);
          tensor.writeBytes(9, ByteString.copyFrom(raw.array()));
        });
  }

  /** An input or output of [items, columns]. */
  private static void value(CodedOutputStream out, int field, String name, int columns)
      throws IOException {
    message(
        out,
        field,
        value -> {
          value.writeString(1, name);
          message(
              value,
              2,
              type ->
                  message(
                      type,
                      1,
                      tensor -> {
                        tensor.writeInt32(1, FLOAT);
                        message(
                            tensor,
                            2,
                            shape -> {
                              message(shape, 1, size -> size.writeString(2, "items"));
                              message(shape, 1, size -> size.writeInt64(1, columns));
                            });
                      }));
        });
  }

  private static void message(CodedOutputStream out, int field, Message message)
      throws IOException {
    out.writeByteArray(field, bytes(message));
  }

  private static byte[] bytes(Message message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    message.write(out);
    out.flush();
    return bytes.toByteArray();
  }
}
