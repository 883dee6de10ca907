package io.rankline.spark.training.collective;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the ranks of a job reach each other; the same on all of them but for {@code bindAddress}.
 *
 * @param bindAddress host name or address that this rank listens on and that the others reach it by
 * @param firstPort first port that is tried, 1 to 65535; not used where {@code portCount} is 0
 * @param portCount how many ports are tried from {@code firstPort} on, one for each rank of a
 *     machine; 0 takes any free port
 * @param secret what both ends of a connection prove to know, without sending it; null for none.
 *     What is sent after that is neither encrypted nor signed
 * @param job name of the job and its attempt; a rank of another job is turned away
 * @param chunkBytes most bytes of values that are sent in one piece, a multiple of 4
 * @param connectTimeout how long joining may take
 * @param silenceTimeout how long a rank may stay away from an operation that others wait in; it
 *     covers the difference in computing time, a checkpoint that one rank writes included
 */
public record RingSettings(
    String bindAddress,
    int firstPort,
    int portCount,
    @Nullable String secret,
    String job,
    int chunkBytes,
    Duration connectTimeout,
    Duration silenceTimeout)
    implements Serializable {

  private static final int LAST_PORT = 65_535;

  public RingSettings {
    List<String> problems = new ArrayList<>();
    if (bindAddress.isBlank()) {
      problems.add("bindAddress must name a host");
    }
    if (portCount < 0) {
      problems.add("portCount must be 0 (any free port) or more, got " + portCount);
    } else if (portCount > 0 && (firstPort < 1 || firstPort > LAST_PORT - portCount + 1)) {
      problems.add(
          "firstPort must be such that %s ports lie between 1 and %s, got %s"
              .formatted(portCount, LAST_PORT, firstPort));
    }
    if (secret != null && secret.isEmpty()) {
      problems.add("secret must not be empty; null is for no authentication");
    }
    if (chunkBytes < Float.BYTES || chunkBytes % Float.BYTES != 0) {
      problems.add("chunkBytes must be a multiple of 4 and above 0, got " + chunkBytes);
    }
    if (connectTimeout.isNegative() || connectTimeout.isZero()) {
      problems.add("connectTimeout must be above 0, got " + connectTimeout);
    }
    if (silenceTimeout.isNegative() || silenceTimeout.isZero()) {
      problems.add("silenceTimeout must be above 0, got " + silenceTimeout);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** Settings of a rank that listens on that host; the rest has the builder's defaults. */
  public static Builder builder(String bindAddress) {
    return new Builder(bindAddress);
  }

  /** Everything but the secret. */
  @Override
  public String toString() {
    return "RingSettings[bindAddress=%s, firstPort=%s, portCount=%s, secret=%s, job=%s, chunkBytes=%s, connectTimeout=%s, silenceTimeout=%s]"
        .formatted(
            bindAddress,
            firstPort,
            portCount,
            secret == null ? "none" : "set",
            job,
            chunkBytes,
            connectTimeout,
            silenceTimeout);
  }

  /** Names the settings; each starts at its default. */
  public static final class Builder {

    private final String bindAddress;
    private int firstPort;
    private int portCount;
    private @Nullable String secret;
    private String job = "";
    private int chunkBytes = 256 << 10;
    private Duration connectTimeout = Duration.ofSeconds(60);
    private Duration silenceTimeout = Duration.ofMinutes(2);

    private Builder(String bindAddress) {
      this.bindAddress = bindAddress;
    }

    /** Ports to try, one after the other; any free port by default. */
    public Builder ports(int first, int count) {
      this.firstPort = first;
      this.portCount = count;
      return this;
    }

    /** What ranks prove to know; null, the default, for no authentication. */
    public Builder secret(@Nullable String value) {
      this.secret = value;
      return this;
    }

    /** Name of the job and its attempt; empty by default. */
    public Builder job(String value) {
      this.job = value;
      return this;
    }

    /** Most bytes that are sent in one piece; 256 KiB by default. */
    public Builder chunkBytes(int value) {
      this.chunkBytes = value;
      return this;
    }

    /** How long joining may take; 60 s by default. */
    public Builder connectTimeout(Duration value) {
      this.connectTimeout = value;
      return this;
    }

    /** How long a rank may stay away while others wait; 120 s by default. */
    public Builder silenceTimeout(Duration value) {
      this.silenceTimeout = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException telling everything that is out of range
     */
    public RingSettings build() {
      return new RingSettings(
          bindAddress,
          firstPort,
          portCount,
          secret,
          job,
          chunkBytes,
          connectTimeout,
          silenceTimeout);
    }
  }
}
