package io.rankline.spark.testing;

import java.net.URI;
import java.util.Map;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk under a scheme that no configuration file knows. */
public final class OtherFileSystem extends RawLocalFileSystem {

  /** What stands before a path. */
  public static final String SCHEME = "other";

  /** Needed by Hadoop. */
  public OtherFileSystem() {}

  /**
   * The properties that make it known to a Spark application. Without a cache, which would help
   * whoever does not have them.
   */
  public static Map<String, String> properties() {
    return Map.of(
        "spark.hadoop.fs." + SCHEME + ".impl",
        OtherFileSystem.class.getName(),
        "spark.hadoop.fs." + SCHEME + ".impl.disable.cache",
        "true");
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }
}
