package io.rankline.spark.training.job;

import io.rankline.spark.training.collective.RingSettings;
import java.io.Serializable;
import java.time.Duration;

/**
 * How workers find each other, but for what is each one's own.
 *
 * @param firstPort first port that is tried
 * @param portCount ports that are tried; 0 for any free one
 * @param secret of the job
 * @param silence how long a worker may stay away while others wait
 */
public record RingOptions(int firstPort, int portCount, String secret, Duration silence)
    implements Serializable {

  public RingSettings settings(String host, String job) {
    return RingSettings.builder(host)
        .ports(firstPort, portCount)
        .secret(secret)
        .job(job)
        .connectTimeout(silence)
        .silenceTimeout(silence)
        .build();
  }

  /** Everything but the secret. */
  @Override
  public String toString() {
    return "RingOptions[firstPort=%s, portCount=%s, silence=%s]"
        .formatted(firstPort, portCount, silence);
  }
}
