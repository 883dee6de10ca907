package io.rankline.io.record;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.io.proto.Feature;
import io.rankline.io.proto.Features;
import io.rankline.io.proto.Int64List;
import java.io.IOException;

/**
 * The context of an ELWC record. Protocol buffers merge one that comes in several fields;
 * TF-Ranking's decoder takes the last alone, so that all others would be lost there.
 */
public final class ElwcContext {

  private ElwcContext() {}

  /**
   * A record with the same list, whose context is one field.
   *
   * @return the record itself, where that holds
   * @throws CorruptRecordException for bytes that are no ELWC record
   */
  public static byte[] merged(byte[] record) throws CorruptRecordException {
    return contexts(record) > 1 ? ElwcRepacker.parse(record).toByteArray() : record;
  }

  /**
   * A record with the same list and a number in its context, in place of what has that name there.
   *
   * @throws CorruptRecordException for bytes that are no ELWC record
   */
  public static byte[] with(byte[] record, String name, long number) throws CorruptRecordException {
    ExampleListWithContext list = ElwcRepacker.parse(record);
    Features features =
        list.getContext().getFeatures().toBuilder()
            .putFeature(
                name,
                Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(number)).build())
            .build();
    return list.toBuilder()
        .setContext(Example.newBuilder().setFeatures(features))
        .build()
        .toByteArray();
  }

  private static int contexts(byte[] record) throws CorruptRecordException {
    CodedInputStream in = CodedInputStream.newInstance(record);
    int contexts = 0;
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        boolean isContext =
            WireFormat.getTagFieldNumber(tag) == ExampleListWithContext.CONTEXT_FIELD_NUMBER;
        contexts += isContext ? 1 : 0;
        in.skipField(tag);
      }
    } catch (IOException e) {
      throw new CorruptRecordException("is no ELWC record: " + e.getMessage(), null, e);
    }
    return contexts;
  }
}
