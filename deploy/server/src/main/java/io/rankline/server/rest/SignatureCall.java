package io.rankline.server.rest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.rankline.server.status.RequestFault;
import io.rankline.serving.SavedRankingModel;
import io.rankline.serving.SignatureName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Calls a signature with serialized records. */
final class SignatureCall {

  private static final int EXAMPLES = 1;

  private final RestLimits limits;

  SignatureCall(RestLimits limits) {
    this.limits = limits;
  }

  /**
   * Scores records.
   *
   * @throws RequestFault INVALID_ARGUMENT if one cannot be read; says which
   */
  Scores of(SavedRankingModel model, SignatureName signature, List<byte[]> records)
      throws RequestFault {
    try {
      return signature == SignatureName.PREDICT ? predict(model, records) : regress(model, records);
    } catch (IllegalArgumentException e) {
      throw RequestFault.invalid(String.valueOf(e.getMessage()));
    }
  }

  private Scores predict(SavedRankingModel model, List<byte[]> records) throws RequestFault {
    long longest = 0;
    for (byte[] record : records) {
      longest = Math.max(longest, items(record));
    }
    requireFewItems(longest * records.size());
    return new Scores(
        model.signatures().predict(records), /* single= */ false, longest * records.size());
  }

  private Scores regress(SavedRankingModel model, List<byte[]> records) throws RequestFault {
    requireFewItems(records.size());
    SortedMap<String, float[][]> rows = new TreeMap<>();
    boolean single = true;
    for (Map.Entry<String, float[]> output : model.signatures().regress(records).entrySet()) {
      float[] values = output.getValue();
      int each = records.isEmpty() ? 1 : values.length / records.size();
      single &= each == 1;
      float[][] split = new float[records.size()][each];
      for (int row = 0; row < split.length; row++) {
        System.arraycopy(values, row * each, split[row], 0, each);
      }
      rows.put(output.getKey(), split);
    }
    return new Scores(rows, single, records.size());
  }

  void requireFewItems(long items) throws RequestFault {
    if (items > limits.mostItems()) {
      throw RequestFault.invalid(
          ("a request must have %s items or less (lists are as long as the longest), got %s;"
                  + " send fewer lists at once, or start the server with a larger --max-items")
              .formatted(limits.mostItems(), items));
    }
  }

  /** Items of an ExampleListWithContext; what is none is refused by its reader. */
  private static long items(byte[] record) {
    long items = 0;
    CodedInputStream in = CodedInputStream.newInstance(record);
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == EXAMPLES) {
          items++;
        }
        if (!in.skipField(tag)) {
          break;
        }
      }
    } catch (IOException e) {
      return items;
    }
    return items;
  }
}
