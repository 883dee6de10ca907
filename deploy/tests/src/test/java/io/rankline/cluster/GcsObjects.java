package io.rankline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The objects of all buckets of a {@link GcsServer}, which calls it one request at a time. */
final class GcsObjects {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** An object. */
  record Stored(byte[] content, long generation, Instant time, @Nullable JsonNode metadata) {}

  private final NavigableMap<String, Stored> objects = new TreeMap<>();
  private long generations;

  /** Names of the objects of a bucket, those of empty folders left out, sorted. */
  List<String> names(String bucket) {
    return objects.keySet().stream()
        .filter(name -> name.startsWith(bucket + "/") && !name.endsWith("/"))
        .map(name -> name.substring(bucket.length() + 1))
        .toList();
  }

  /** The object of that bucket and name, with a slash between them; null where there is none. */
  @Nullable Stored get(String key) {
    return objects.get(key);
  }

  /** Deletes an object. */
  void remove(String key) {
    objects.remove(key);
  }

  /** A number that none was given. */
  long next() {
    return ++generations;
  }

  /** Keeps an object if the one that is there is of the generation that is asked for. */
  GcsAnswer store(
      String bucket,
      String name,
      byte[] content,
      @Nullable String match,
      @Nullable JsonNode metadata) {
    String key = bucket + "/" + name;
    if (!matches(key, match)) {
      return GcsAnswer.fault(412, "conditionNotMet");
    }
    Stored stored = new Stored(content, ++generations, Instant.now(), metadata);
    objects.put(key, stored);
    return GcsAnswer.json(described(bucket, name, stored));
  }

  /** Whether an object is of that generation, where one is asked for; 0 is none. */
  boolean matches(String key, @Nullable String generation) {
    Stored stored = objects.get(key);
    return generation == null
        || Long.parseLong(generation) == (stored == null ? 0 : stored.generation());
  }

  /** The objects of a bucket whose names begin so, a page of them. */
  GcsAnswer list(String bucket, Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String delimiter = query.getOrDefault("delimiter", "");
    int most = Integer.parseInt(query.getOrDefault("maxResults", "1000"));
    String start = query.getOrDefault("pageToken", query.getOrDefault("startOffset", ""));
    ArrayNode items = JSON.createArrayNode();
    TreeSet<String> prefixes = new TreeSet<>();
    @Nullable String next = null;
    for (Map.Entry<String, Stored> entry : objects.tailMap(bucket + "/" + prefix).entrySet()) {
      if (!entry.getKey().startsWith(bucket + "/" + prefix)) {
        break;
      }
      String name = entry.getKey().substring(bucket.length() + 1);
      if (name.compareTo(start) < 0) {
        continue;
      }
      if (items.size() + prefixes.size() >= most) {
        next = name;
        break;
      }
      int cut = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
      boolean trailing =
          cut == name.length() - 1 && "true".equals(query.get("includeTrailingDelimiter"));
      if (cut >= 0) {
        prefixes.add(name.substring(0, cut + 1));
      }
      if (cut < 0 || trailing) {
        items.add(described(bucket, name, entry.getValue()));
      }
    }
    ObjectNode answer = JSON.createObjectNode().put("kind", "storage#objects");
    answer.set("items", items);
    prefixes.forEach(answer.withArray("prefixes")::add);
    if (next != null) {
      answer.put("nextPageToken", next);
    }
    return GcsAnswer.json(answer);
  }

  /** What is told of an object. */
  static ObjectNode described(String bucket, String name, Stored stored) {
    ObjectNode object = JSON.createObjectNode().put("kind", "storage#object");
    object.put("bucket", bucket).put("name", name);
    object.put("generation", String.valueOf(stored.generation())).put("metageneration", "1");
    object.put("size", String.valueOf(stored.content().length));
    object.put("timeCreated", stored.time().toString()).put("updated", stored.time().toString());
    object.put("contentType", "application/octet-stream").put("storageClass", "STANDARD");
    CRC32C crc = new CRC32C();
    crc.update(stored.content());
    Base64.Encoder base64 = Base64.getEncoder();
    object.put(
        "crc32c",
        base64.encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array()));
    try {
      object.put(
          "md5Hash",
          base64.encodeToString(MessageDigest.getInstance("MD5").digest(stored.content())));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    if (stored.metadata() != null) {
      object.set("metadata", stored.metadata());
    }
    return object;
  }
}
