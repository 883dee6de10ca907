package io.rankline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** The objects of buckets, and what Google Cloud Storage's JSON API answers about them. */
final class GcsObjects {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OBJECT = Pattern.compile("/storage/v1/b/([^/]+)/o/([^/]+)(/.*)?");
  private static final Pattern TARGET = Pattern.compile("/(?:rewriteTo|copyTo)/b/([^/]+)/o/(.+)");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  /** A request; the address with its query. */
  record Request(String method, String address, Map<String, String> headers, byte[] body) {}

  /** What is answered. */
  record Answer(int status, Map<String, String> headers, byte[] body) {}

  private record Stored(byte[] content, long generation, Instant time, JsonNode metadata) {}

  private record Upload(String bucket, String name, String match, ByteArrayOutputStream content) {}

  private final NavigableMap<String, Stored> objects = new TreeMap<>();
  private final Map<String, Upload> uploads = new TreeMap<>();
  private long generations;

  /** Names of the objects of a bucket, those of empty folders left out, sorted. */
  synchronized List<String> names(String bucket) {
    return objects.keySet().stream()
        .filter(name -> name.startsWith(bucket + "/") && !name.endsWith("/"))
        .map(name -> name.substring(bucket.length() + 1))
        .toList();
  }

  /** The answer to a request. */
  synchronized Answer answer(Request request) throws IOException {
    URI address = URI.create(request.address().replace("|", "%7C"));
    Map<String, String> query = query(address.getRawQuery());
    String path = address.getRawPath();
    if (path.startsWith("/batch/")) {
      return batch(request);
    }
    if (path.startsWith("/upload/")) {
      return upload(request, path.split("/", -1)[5], query);
    }
    if (path.startsWith("/download/")) {
      query.put("alt", "media");
      path = path.substring("/download".length());
    }
    Matcher object = OBJECT.matcher(path);
    if (object.matches()) {
      String rest = object.group(3) == null ? "" : object.group(3);
      return ofObject(request, object.group(1), decoded(object.group(2)), rest, query);
    }
    if (path.matches("/storage/v1/b/[^/]+/o")) {
      return list(path.split("/", -1)[4], query);
    }
    if (path.matches("/storage/v1/b/[^/]+")) {
      ObjectNode bucket = JSON.createObjectNode();
      bucket.put("kind", "storage#bucket").put("name", path.split("/", -1)[4]);
      return json(bucket.put("location", "US").put("storageClass", "STANDARD"));
    }
    return fault(404, "no such path");
  }

  private Answer ofObject(
      Request request, String bucket, String name, String rest, Map<String, String> query)
      throws IOException {
    String key = bucket + "/" + name;
    Stored stored = objects.get(key);
    if (rest.equals("/compose")) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (JsonNode source : JSON.readTree(request.body()).path("sourceObjects")) {
        all.write(objects.get(bucket + "/" + source.path("name").asText()).content());
      }
      return store(bucket, name, all.toByteArray(), query.get("ifGenerationMatch"), null);
    }
    if (stored == null) {
      return fault(404, "No such object: " + key);
    }
    Matcher target = TARGET.matcher(rest);
    if (target.matches()) {
      String other = decoded(target.group(2));
      Answer copy =
          store(target.group(1), other, stored.content(), query.get("ifGenerationMatch"), null);
      if (copy.status() != 200 || rest.startsWith("/copyTo")) {
        return copy;
      }
      ObjectNode done = JSON.createObjectNode().put("kind", "storage#rewriteResponse");
      done.put("done", true).put("objectSize", String.valueOf(stored.content().length));
      done.put("totalBytesRewritten", String.valueOf(stored.content().length));
      return json(done.set("resource", JSON.readTree(copy.body())));
    }
    if (!matches(key, query.get("ifGenerationMatch"))) {
      return fault(412, "conditionNotMet");
    }
    return switch (request.method()) {
      case "DELETE" -> {
        objects.remove(key);
        yield new Answer(204, Map.of(), new byte[0]);
      }
      case "GET" ->
          "media".equals(query.get("alt"))
              ? media(stored, request.headers().get("Range"))
              : json(described(bucket, name, stored));
      default -> json(described(bucket, name, stored));
    };
  }

  private static Answer media(Stored stored, String range) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Content-Type", "application/octet-stream");
    headers.put("x-goog-generation", String.valueOf(stored.generation()));
    Matcher asked = RANGE.matcher(range == null ? "" : range);
    int length = stored.content().length;
    if (!asked.matches()) {
      return new Answer(200, headers, stored.content());
    }
    int from = Integer.parseInt(asked.group(1));
    int to =
        asked.group(2).isEmpty()
            ? length
            : (int) Math.min(length, Long.parseLong(asked.group(2)) + 1);
    if (from >= length) {
      return fault(416, "range");
    }
    headers.put("Content-Range", "bytes %s-%s/%s".formatted(from, to - 1, length));
    return new Answer(206, headers, Arrays.copyOfRange(stored.content(), from, to));
  }

  private Answer list(String bucket, Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String delimiter = query.getOrDefault("delimiter", "");
    int most = Integer.parseInt(query.getOrDefault("maxResults", "1000"));
    String start = query.getOrDefault("pageToken", query.getOrDefault("startOffset", ""));
    ArrayNode items = JSON.createArrayNode();
    TreeSet<String> prefixes = new TreeSet<>();
    String next = null;
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
    return json(answer);
  }

  private Answer upload(Request request, String bucket, Map<String, String> query)
      throws IOException {
    String id = query.get("upload_id");
    if (id != null) {
      return resumed(request, id);
    }
    String match = query.get("ifGenerationMatch");
    switch (query.get("uploadType")) {
      case "resumable" -> {
        JsonNode described =
            JSON.readTree(
                request.body().length == 0
                    ? "{}".getBytes(StandardCharsets.UTF_8)
                    : request.body());
        String name = query.getOrDefault("name", described.path("name").asText());
        String session = String.valueOf(++generations);
        uploads.put(session, new Upload(bucket, name, match, new ByteArrayOutputStream()));
        return new Answer(
            200,
            Map.of(
                "Location",
                "http://%s/upload/storage/v1/b/%s/o?uploadType=resumable&upload_id=%s"
                    .formatted(request.headers().get("Host"), bucket, session)),
            new byte[0]);
      }
      case "multipart" -> {
        List<byte[]> parts = Multipart.parts(request.headers().get("Content-Type"), request.body());
        JsonNode described = JSON.readTree(Multipart.body(parts.get(0)));
        return store(
            bucket,
            query.getOrDefault("name", described.path("name").asText()),
            Multipart.body(parts.get(1)),
            match,
            described.get("metadata"));
      }
      default -> {
        return store(bucket, query.get("name"), request.body(), match, null);
      }
    }
  }

  private Answer resumed(Request request, String id) throws IOException {
    Upload upload = uploads.get(id);
    upload.content().write(request.body());
    String range = request.headers().getOrDefault("Content-Range", "");
    if (range.endsWith("/*")) {
      Map<String, String> headers = new TreeMap<>();
      if (upload.content().size() > 0) {
        headers.put("Range", "bytes=0-" + (upload.content().size() - 1));
      }
      return new Answer(308, headers, new byte[0]);
    }
    uploads.remove(id);
    return store(
        upload.bucket(), upload.name(), upload.content().toByteArray(), upload.match(), null);
  }

  private Answer batch(Request request) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : Multipart.parts(request.headers().get("Content-Type"), request.body())) {
      String head = Multipart.head(part);
      byte[] inner = Multipart.body(part);
      String[] line = Multipart.head(inner).lines().findFirst().orElseThrow().split(" ", -1);
      String address = line[1].startsWith("http") ? URI.create(line[1]).getRawPath() : line[1];
      Answer answer = answer(new Request(line[0], address, new TreeMap<>(), Multipart.body(inner)));
      Matcher id = Pattern.compile("(?i)content-id: <?([^>\r\n]+)>?").matcher(head);
      String text =
          "--batch\r\nContent-Type: application/http\r\n%s\r\nHTTP/1.1 %s X\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n"
              .formatted(
                  id.find() ? "Content-ID: <response-" + id.group(1) + ">\r\n" : "",
                  answer.status(),
                  answer.body().length);
      all.write(text.getBytes(StandardCharsets.UTF_8));
      all.write(answer.body());
      all.write("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    all.write("--batch--\r\n".getBytes(StandardCharsets.UTF_8));
    return new Answer(
        200, Map.of("Content-Type", "multipart/mixed; boundary=batch"), all.toByteArray());
  }

  private Answer store(
      String bucket, String name, byte[] content, String match, JsonNode metadata) {
    String key = bucket + "/" + name;
    if (!matches(key, match)) {
      return fault(412, "conditionNotMet");
    }
    Stored stored = new Stored(content, ++generations, Instant.now(), metadata);
    objects.put(key, stored);
    return json(described(bucket, name, stored));
  }

  /** Whether an object is of that generation, where one is asked for; 0 is none. */
  private boolean matches(String key, String generation) {
    Stored stored = objects.get(key);
    return generation == null
        || Long.parseLong(generation) == (stored == null ? 0 : stored.generation());
  }

  private static ObjectNode described(String bucket, String name, Stored stored) {
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

  private static Answer json(JsonNode node) {
    return new Answer(
        200,
        Map.of("Content-Type", "application/json"),
        node.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Answer fault(int status, String reason) {
    ObjectNode error = JSON.createObjectNode();
    ObjectNode said = error.putObject("error").put("code", status).put("message", reason);
    said.putArray("errors")
        .addObject()
        .put("domain", "global")
        .put("message", reason)
        .put("reason", status == 404 ? "notFound" : reason);
    return new Answer(
        status,
        Map.of("Content-Type", "application/json"),
        error.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      int cut = pair.indexOf('=');
      query.put(pair.substring(0, cut), decoded(pair.substring(cut + 1)));
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
