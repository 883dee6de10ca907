package io.rankline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Google Cloud Storage's JSON API answers about {@link GcsObjects}. */
final class GcsApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OBJECT = Pattern.compile("/storage/v1/b/([^/]+)/o/([^/]+)(/.*)?");
  private static final Pattern TARGET = Pattern.compile("/(?:rewriteTo|copyTo)/b/([^/]+)/o/(.+)");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  /** A request; the address with its query. */
  record Request(String method, String address, Map<String, String> headers, byte[] body) {

    String header(String name) {
      return Objects.requireNonNullElse(headers.get(name), "");
    }
  }

  private record Upload(
      String bucket, String name, @Nullable String match, ByteArrayOutputStream content) {}

  private final GcsObjects objects;
  private final Map<String, Upload> uploads = new TreeMap<>();

  GcsApi(GcsObjects objects) {
    this.objects = objects;
  }

  /** The answer to a request. */
  synchronized GcsAnswer answer(Request request) throws IOException {
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
      return objects.list(path.split("/", -1)[4], query);
    }
    if (path.matches("/storage/v1/b/[^/]+")) {
      ObjectNode bucket = JSON.createObjectNode();
      bucket.put("kind", "storage#bucket").put("name", path.split("/", -1)[4]);
      bucket.put("timeCreated", "2026-01-01T00:00:00Z").put("updated", "2026-01-01T00:00:00Z");
      return GcsAnswer.json(bucket.put("location", "US").put("storageClass", "STANDARD"));
    }
    return GcsAnswer.fault(404, "no such path");
  }

  private GcsAnswer ofObject(
      Request request, String bucket, String name, String rest, Map<String, String> query)
      throws IOException {
    String key = bucket + "/" + name;
    GcsObjects.Stored stored = objects.get(key);
    if (rest.equals("/compose")) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (JsonNode source : JSON.readTree(request.body()).path("sourceObjects")) {
        all.write(
            Objects.requireNonNull(objects.get(bucket + "/" + source.path("name").asText()))
                .content());
      }
      return objects.store(bucket, name, all.toByteArray(), query.get("ifGenerationMatch"), null);
    }
    if (stored == null) {
      return GcsAnswer.fault(404, "No such object: " + key);
    }
    Matcher target = TARGET.matcher(rest);
    if (target.matches()) {
      String other = decoded(target.group(2));
      GcsAnswer copy =
          objects.store(
              target.group(1), other, stored.content(), query.get("ifGenerationMatch"), null);
      if (copy.status() != 200 || rest.startsWith("/copyTo")) {
        return copy;
      }
      ObjectNode done = JSON.createObjectNode().put("kind", "storage#rewriteResponse");
      done.put("done", true).put("objectSize", String.valueOf(stored.content().length));
      done.put("totalBytesRewritten", String.valueOf(stored.content().length));
      return GcsAnswer.json(done.set("resource", JSON.readTree(copy.body())));
    }
    if (!objects.matches(key, query.get("ifGenerationMatch"))) {
      return GcsAnswer.fault(412, "conditionNotMet");
    }
    return switch (request.method()) {
      case "DELETE" -> {
        objects.remove(key);
        yield new GcsAnswer(204, Map.of(), new byte[0]);
      }
      case "GET" ->
          "media".equals(query.get("alt"))
              ? media(stored, request.header("Range"))
              : GcsAnswer.json(GcsObjects.described(bucket, name, stored));
      default -> GcsAnswer.json(GcsObjects.described(bucket, name, stored));
    };
  }

  private static GcsAnswer media(GcsObjects.Stored stored, String range) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Content-Type", "application/octet-stream");
    headers.put("x-goog-generation", String.valueOf(stored.generation()));
    Matcher asked = RANGE.matcher(range);
    int length = stored.content().length;
    if (!asked.matches()) {
      return new GcsAnswer(200, headers, stored.content());
    }
    int from = Integer.parseInt(asked.group(1));
    int to =
        asked.group(2).isEmpty()
            ? length
            : (int) Math.min(length, Long.parseLong(asked.group(2)) + 1);
    if (from >= length) {
      return GcsAnswer.fault(416, "range");
    }
    headers.put("Content-Range", "bytes %s-%s/%s".formatted(from, to - 1, length));
    return new GcsAnswer(206, headers, Arrays.copyOfRange(stored.content(), from, to));
  }

  private GcsAnswer upload(Request request, String bucket, Map<String, String> query)
      throws IOException {
    @Nullable String id = query.get("upload_id");
    if (id != null) {
      return resumed(request, id);
    }
    @Nullable String match = query.get("ifGenerationMatch");
    switch (query.getOrDefault("uploadType", "media")) {
      case "resumable" -> {
        JsonNode described =
            JSON.readTree(
                request.body().length == 0
                    ? "{}".getBytes(StandardCharsets.UTF_8)
                    : request.body());
        String name = query.getOrDefault("name", described.path("name").asText());
        String session = String.valueOf(objects.next());
        uploads.put(session, new Upload(bucket, name, match, new ByteArrayOutputStream()));
        return new GcsAnswer(
            200,
            Map.of(
                "Location",
                "http://%s/upload/storage/v1/b/%s/o?uploadType=resumable&upload_id=%s"
                    .formatted(request.header("Host"), bucket, session)),
            new byte[0]);
      }
      case "multipart" -> {
        List<byte[]> parts = Multipart.parts(request.header("Content-Type"), request.body());
        JsonNode described = JSON.readTree(Multipart.body(parts.get(0)));
        return objects.store(
            bucket,
            query.getOrDefault("name", described.path("name").asText()),
            Multipart.body(parts.get(1)),
            match,
            described.get("metadata"));
      }
      default -> {
        return objects.store(bucket, query.getOrDefault("name", ""), request.body(), match, null);
      }
    }
  }

  private GcsAnswer resumed(Request request, String id) throws IOException {
    Upload upload = Objects.requireNonNull(uploads.get(id));
    upload.content().write(request.body());
    String range = request.header("Content-Range");
    if (range.endsWith("/*")) {
      Map<String, String> headers = new TreeMap<>();
      if (upload.content().size() > 0) {
        headers.put("Range", "bytes=0-" + (upload.content().size() - 1));
      }
      return new GcsAnswer(308, headers, new byte[0]);
    }
    uploads.remove(id);
    return objects.store(
        upload.bucket(), upload.name(), upload.content().toByteArray(), upload.match(), null);
  }

  private GcsAnswer batch(Request request) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : Multipart.parts(request.header("Content-Type"), request.body())) {
      String head = Multipart.head(part);
      byte[] inner = Multipart.body(part);
      String[] line = Multipart.head(inner).lines().findFirst().orElseThrow().split(" ", -1);
      String address = line[1].startsWith("http") ? URI.create(line[1]).getRawPath() : line[1];
      GcsAnswer answer =
          answer(new Request(line[0], address, new TreeMap<>(), Multipart.body(inner)));
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
    return new GcsAnswer(
        200, Map.of("Content-Type", "multipart/mixed; boundary=batch"), all.toByteArray());
  }

  private static Map<String, String> query(@Nullable String raw) {
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
