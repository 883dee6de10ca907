package io.rankline.server.signature;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.rankline.server.model.ModelLease;
import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;
import io.rankline.serving.RankingScorer;
import io.rankline.serving.SignatureName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Calls a signature with serialized records. Safe for use by several threads. */
public final class SignatureCall {

  private static final int EXAMPLES = 1;

  private final long mostItems;

  /**
   * Calls within a limit.
   *
   * @param mostItems that a request may have scored, those counted that fill shorter lists up
   */
  public SignatureCall(long mostItems) {
    this.mostItems = mostItems;
  }

  /**
   * Scores records, buffers on the heap, whose bytes are not looked at afterwards.
   *
   * @throws RequestFault INVALID_ARGUMENT if one cannot be read; says which
   */
  public Scores of(ModelLease lease, SignatureName signature, List<ByteBuffer> records)
      throws RequestFault {
    try {
      return signature == SignatureName.PREDICT ? predict(lease, records) : regress(lease, records);
    } catch (IllegalArgumentException e) {
      throw RequestFault.invalid(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The signature to regress by.
   *
   * @throws RequestFault INVALID_ARGUMENT for an unknown key, and for a model that has no single
   *     score of an item by itself
   */
  public static SignatureName toRegress(ModelLease lease, String key) throws RequestFault {
    if (!lease.model().scoresSingleItems()) {
      throw RequestFault.invalid(RankingScorer.NEEDS_LISTS);
    }
    SignatureName signature = known(lease, key);
    if (lease.model().tasks().size() != 1) {
      throw RequestFault.invalid("Expected one output Tensor.");
    }
    return signature;
  }

  /**
   * The score of each example.
   *
   * @throws RequestFault INVALID_ARGUMENT if an example has several
   */
  public static float[] oneEach(Scores scores) throws RequestFault {
    float[][] rows = scores.outputs().values().iterator().next();
    float[] single = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != 1) {
        throw RequestFault.invalid(
            ("Expected output Tensor shape to be either [batch_size] or [batch_size, 1] but got"
                    + " [%s,%s]")
                .formatted(rows.length, rows[i].length));
      }
      single[i] = rows[i][0];
    }
    return single;
  }

  /**
   * Why a ranker does not classify: it has scores without classes, which TensorFlow Serving refuses
   * to classify by.
   *
   * @throws RequestFault INVALID_ARGUMENT for an unknown key
   */
  public static RequestFault noClasses(ModelLease lease, String key) throws RequestFault {
    known(lease, key);
    return new RequestFault(
        StatusCode.FAILED_PRECONDITION,
        ("Expected classification signature outputs to contain at least one of \"classes\" or"
                + " \"scores\". Signature was: %s with outputs %s")
            .formatted(key, String.join(", ", lease.signatures().outputs())));
  }

  private static SignatureName known(ModelLease lease, String key) throws RequestFault {
    SignatureName signature = lease.signatures().keys().get(key);
    if (signature == null) {
      throw RequestFault.invalid("No signature was found with the name: %s".formatted(key));
    }
    return signature;
  }

  private Scores predict(ModelLease lease, List<ByteBuffer> records) throws RequestFault {
    long longest = 0;
    for (ByteBuffer record : records) {
      longest = Math.max(longest, items(record));
    }
    requireFewItems(longest * records.size());
    return new Scores(
        lease.signatures().predictWindows(records), /* single= */ false, longest * records.size());
  }

  private Scores regress(ModelLease lease, List<ByteBuffer> records) throws RequestFault {
    requireFewItems(records.size());
    SortedMap<String, float[][]> rows = new TreeMap<>();
    boolean single = true;
    for (Map.Entry<String, float[]> output :
        lease.signatures().regressWindows(records).entrySet()) {
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

  /**
   * Refuses more items than a request may have scored.
   *
   * @throws RequestFault INVALID_ARGUMENT
   */
  public void requireFewItems(long items) throws RequestFault {
    if (items > mostItems) {
      throw RequestFault.invalid(
          ("a request must have %s items or less (lists are as long as the longest), got %s;"
                  + " send fewer lists at once, or start the server with a larger --max-items")
              .formatted(mostItems, items));
    }
  }

  /** Items of an ExampleListWithContext; what is none is refused by its reader. */
  private static long items(ByteBuffer record) {
    long items = 0;
    CodedInputStream in = CodedInputStream.newInstance(record.duplicate());
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
