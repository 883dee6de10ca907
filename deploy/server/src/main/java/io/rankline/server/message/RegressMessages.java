package io.rankline.server.message;

import com.google.protobuf.ByteString;
import io.rankline.server.model.ModelLease;
import io.rankline.server.protocol.Input;
import io.rankline.server.protocol.Regression;
import io.rankline.server.protocol.RegressionRequest;
import io.rankline.server.protocol.RegressionResponse;
import io.rankline.server.protocol.RegressionResult;
import io.rankline.server.signature.SignatureCall;
import io.rankline.server.status.RequestFault;
import io.rankline.serving.SignatureName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** {@code Regress}: tf.Examples, and a score each. */
public final class RegressMessages {

  private RegressMessages() {}

  /**
   * Scores of the examples of a request.
   *
   * @throws RequestFault with a code and a message for whoever asked
   */
  public static RegressionResponse regress(
      ModelLease lease, RegressionRequest request, SignatureCall signatures) throws RequestFault {
    String key = MessageApi.keyOf(request.getModelSpec());
    SignatureName signature = SignatureCall.toRegress(lease, key);
    List<ByteBuffer> records = records(request.getInput());
    if (records.isEmpty()) {
      throw RequestFault.invalid("Input is empty.");
    }
    RegressionResult.Builder result = RegressionResult.newBuilder();
    for (float score : SignatureCall.oneEach(signatures.of(lease, signature, records))) {
      result.addRegressions(Regression.newBuilder().setValue(score));
    }
    return RegressionResponse.newBuilder()
        .setResult(result)
        .setModelSpec(MessageApi.specOf(request.getModelSpec().getName(), key, lease))
        .build();
  }

  /** Each example on the context: of serialized messages side by side the last values count. */
  private static List<ByteBuffer> records(Input input) {
    boolean hasContext = input.hasExampleListWithContext();
    ByteString context = input.getExampleListWithContext().getContext();
    List<ByteString> examples =
        hasContext
            ? input.getExampleListWithContext().getExamplesList()
            : input.getExampleList().getExamplesList();
    List<ByteBuffer> records = new ArrayList<>(examples.size());
    for (ByteString example : examples) {
      records.add(ByteBuffer.wrap(context.concat(example).toByteArray()));
    }
    return records;
  }
}
