package io.rankline.server.message;

import io.rankline.server.model.ModelLease;
import io.rankline.server.protocol.DataType;
import io.rankline.server.protocol.PredictRequest;
import io.rankline.server.protocol.PredictResponse;
import io.rankline.server.protocol.TensorProto;
import io.rankline.server.protocol.TensorShapeProto;
import io.rankline.server.signature.Scores;
import io.rankline.server.signature.SignatureCall;
import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;
import io.rankline.serving.SignatureName;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** {@code Predict}: a string tensor of records, and tensors of scores. */
public final class PredictMessages {

  private static final String INPUT = "inputs";

  private PredictMessages() {}

  /**
   * Scores of the records of a request.
   *
   * @throws RequestFault with a code and a message for whoever asked
   */
  public static PredictResponse predict(
      ModelLease lease, PredictRequest request, SignatureCall signatures) throws RequestFault {
    String key = MessageApi.keyOf(request.getModelSpec());
    SignatureName signature = lease.signatures().keys().get(key);
    if (signature == null) {
      throw new RequestFault(
          StatusCode.FAILED_PRECONDITION, "Serving signature key \"%s\" not found.".formatted(key));
    }
    TensorProto input = request.getInputsMap().get(INPUT);
    if (input == null || request.getInputsCount() != 1) {
      throw otherInputs(request.getInputsMap().keySet());
    }
    Collection<String> wanted = outputs(request.getOutputFilterList(), lease);
    Scores scores = signatures.of(lease, signature, StringTensor.read(INPUT, input));
    PredictResponse.Builder response = PredictResponse.newBuilder();
    response.setModelSpec(MessageApi.specOf(request.getModelSpec().getName(), key, lease));
    for (String output : wanted) {
      float[][] rows = scores.outputs().getOrDefault(output, new float[0][]);
      response.putOutputs(output, tensor(rows, scores.single()));
    }
    return response.build();
  }

  private static RequestFault otherInputs(Set<String> names) {
    SortedSet<String> extra = new TreeSet<>(names);
    extra.remove(INPUT);
    return RequestFault.invalid(
        ("input size does not match signature: %s!=1 len({%s}) != len({%s}). Sent extra: {%s}."
                + " Missing but required: {%s}.")
            .formatted(
                names.size(),
                String.join(",", new TreeSet<>(names)),
                INPUT,
                String.join(",", extra),
                names.contains(INPUT) ? "" : INPUT));
  }

  /** The outputs that a request asks for, all where it names none. */
  private static Collection<String> outputs(List<String> filter, ModelLease lease)
      throws RequestFault {
    SortedSet<String> known = lease.signatures().outputs();
    if (filter.isEmpty()) {
      return known;
    }
    Set<String> seen = new HashSet<>();
    for (String output : filter) {
      if (!known.contains(output)) {
        throw RequestFault.invalid(
            ("output tensor alias not found in signature: %s Outputs expected to be in the set"
                    + " {%s}.")
                .formatted(output, String.join(",", known)));
      }
      if (!seen.add(output)) {
        throw RequestFault.invalid("duplicate output tensor alias: " + output);
      }
    }
    return filter;
  }

  /** Rows as [rows], or as [rows, values]. */
  private static TensorProto tensor(float[][] rows, boolean single) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setSize(rows.length);
    if (!single) {
      shape.addDimBuilder().setSize(rows.length == 0 ? 0 : rows[0].length);
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(shape);
    for (float[] row : rows) {
      for (float value : row) {
        tensor.addFloatVal(value);
      }
    }
    return tensor.build();
  }
}
