package io.rankline.server.http;

import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Bodies that came with gzip. */
final class Unpacking {

  private Unpacking() {}

  /**
   * The body that was packed.
   *
   * @param most how many bytes it may have
   * @throws RequestFault for more, and for what gzip did not make
   */
  static byte[] gunzip(byte[] packed, long most) throws RequestFault {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 1 << 16)) {
      byte[] body = in.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 16));
      if (body.length > most) {
        throw tooLarge(most);
      }
      return body;
    } catch (IOException e) {
      throw RequestFault.invalid(
          "the body is not the gzip that Content-Encoding says: %s"
              .formatted(String.valueOf(e.getMessage())));
    }
  }

  static RequestFault tooLarge(long most) {
    return new RequestFault(
        StatusCode.BODY_TOO_LARGE,
        "the body must have %s bytes or less; send fewer lists at once, or start the server with"
                .formatted(most)
            + " a larger --max-body-bytes");
  }
}
