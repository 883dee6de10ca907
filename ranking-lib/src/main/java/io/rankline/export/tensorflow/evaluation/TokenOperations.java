package io.rankline.export.tensorflow.evaluation;

import static io.rankline.export.tensorflow.proto.DataType.DT_INT64;
import static io.rankline.export.tensorflow.proto.DataType.DT_RESOURCE;

import com.google.protobuf.ByteString;
import io.rankline.feature.token.HashBuckets;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operations on texts, and the hash tables of a graph. */
final class TokenOperations {

  /** By their names, as long as the graph lives. */
  private final Map<String, Map<ByteString, Long>> tables = new HashMap<>();

  Map<String, Operation> table() {
    Map<String, Operation> table = new HashMap<>();
    table.put(
        "StringToHashBucketFast",
        (attributes, inputs) -> List.of(buckets(attributes, inputs.get(0))));
    table.put("AsString", (attributes, inputs) -> List.of(texts(inputs.get(0))));
    table.put("HashTableV2", (attributes, inputs) -> List.of(hashTable(attributes)));
    table.put("LookupTableImportV2", (attributes, inputs) -> imported(inputs));
    table.put("LookupTableFindV2", (attributes, inputs) -> List.of(found(inputs)));
    table.put("NoOp", (attributes, inputs) -> List.of());
    return table;
  }

  /** Both are FarmHash's Fingerprint64 modulo the number of buckets. */
  private static Tensor buckets(Attributes attributes, Tensor texts) {
    HashBuckets buckets = new HashBuckets(Math.toIntExact(attributes.number("num_buckets")));
    long[] ids = new long[texts.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = buckets.idOf(texts.texts()[i], 0, texts.texts()[i].length);
    }
    return Tensor.of(DT_INT64, ids, texts.shape());
  }

  private static Tensor texts(Tensor numbers) {
    byte[][] texts = new byte[numbers.size()][];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = Long.toString(numbers.longs()[i]).getBytes(StandardCharsets.US_ASCII);
    }
    return Tensor.of(texts, numbers.shape());
  }

  private Tensor hashTable(Attributes attributes) {
    String name = attributes.bytes("shared_name").toStringUtf8();
    return new Tensor(
        DT_RESOURCE, new int[0], tables.computeIfAbsent(name, unknown -> new HashMap<>()));
  }

  private static List<Tensor> imported(List<Tensor> inputs) {
    Map<ByteString, Long> entries = entries(inputs.get(0));
    for (int i = 0; i < inputs.get(1).size(); i++) {
      entries.put(ByteString.copyFrom(inputs.get(1).texts()[i]), inputs.get(2).longs()[i]);
    }
    return List.of();
  }

  private static Tensor found(List<Tensor> inputs) {
    Map<ByteString, Long> entries = entries(inputs.get(0));
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("Table not initialized.");
    }
    byte[][] texts = inputs.get(1).texts();
    long[] ids = new long[texts.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = entries.getOrDefault(ByteString.copyFrom(texts[i]), (long) inputs.get(2).only());
    }
    return Tensor.of(DT_INT64, ids, inputs.get(1).shape());
  }

  @SuppressWarnings("unchecked") // a resource holds what hashTable has put there
  private static Map<ByteString, Long> entries(Tensor resource) {
    return (Map<ByteString, Long>) resource.values();
  }
}
