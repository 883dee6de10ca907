package io.rankline.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Who may ask: everybody, or those with a key. */
record ApiKeys(List<String> keys) {

  private static final String BEARER = "Bearer ";
  private static final String HEADER = "X-API-Key";

  /** Whether there are no keys, or the request has one, as a bearer token or by its own header. */
  boolean allow(HttpFields headers) {
    if (keys.isEmpty()) {
      return true;
    }
    String token = "";
    HttpField authorization = headers.getField(HttpHeader.AUTHORIZATION);
    if (authorization != null && authorization.getValue().startsWith(BEARER)) {
      token = authorization.getValue().substring(BEARER.length()).strip();
    }
    HttpField own = headers.getField(HEADER);
    if (own != null) {
      token = own.getValue().strip();
    }
    byte[] given = token.getBytes(StandardCharsets.UTF_8);
    boolean known = false;
    for (String key : keys) {
      // In a time that does not tell how much of a key was right.
      known |= MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), given);
    }
    return known;
  }
}
