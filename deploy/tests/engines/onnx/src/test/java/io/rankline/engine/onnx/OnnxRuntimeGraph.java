package io.rankline.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.rankline.export.onnx.interpreter.Graph;
import io.rankline.export.onnx.interpreter.Tensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** A graph in ONNX Runtime. */
final class OnnxRuntimeGraph implements Graph, AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxRuntimeGraph(Path file) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    // What it refuses comes as exceptions.
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    session = environment.createSession(file.toString(), options);
  }

  /** Its metadata by key. */
  Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
        tensors.put(input.getKey(), tensor(input.getValue()));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        Map<String, Tensor> outputs = new HashMap<>();
        for (Map.Entry<String, OnnxValue> output : result) {
          outputs.put(output.getKey(), floats((OnnxTensor) output.getValue()));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }

  private OnnxTensor tensor(Tensor tensor) throws OrtException {
    long[] shape = IntStream.of(tensor.shape()).asLongStream().toArray();
    return switch (tensor.type()) {
      case FLOAT -> OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor.floats()), shape);
      case INT64 ->
          OnnxTensor.createTensor(environment, LongBuffer.wrap((long[]) tensor.values()), shape);
      case STRING -> OnnxTensor.createTensor(environment, (String[]) tensor.values(), shape);
      default -> throw new IllegalArgumentException("no input is of type " + tensor.type());
    };
  }

  private static Tensor floats(OnnxTensor tensor) {
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return Tensor.floats(
        values, Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray());
  }
}
