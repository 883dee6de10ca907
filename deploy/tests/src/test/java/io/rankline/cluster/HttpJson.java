package io.rankline.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;

/** What daemons tell about themselves, JSON as a rule. */
final class HttpJson {

  private static final int TIMEOUT_MILLIS = 5_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private HttpJson() {}

  /** What stands at that path of a daemon on this machine. */
  static JsonNode json(int port, String path) throws IOException {
    return MAPPER.readTree(read(port, path));
  }

  /** The same as it is. */
  static String text(int port, String path) throws IOException {
    return new String(read(port, path), UTF_8);
  }

  private static byte[] read(int port, String path) throws IOException {
    URLConnection connection =
        URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setRequestProperty("Accept", "application/json");
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }
}
