package io.rankline.io;

import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;

/**
 * The largest share of data that may be lost where damaged records are skipped: {@code
 * max_corrupt_share}. A file that cannot be read is one fault, and all of its bytes.
 *
 * @param most from 0, for none, to 1, for any
 */
public record CorruptShare(double most) implements Serializable {

  /** One hundredth. */
  public static final double DEFAULT = 0.01;

  /**
   * A share.
   *
   * @throws IllegalArgumentException for one that does not lie in [0, 1]
   */
  public CorruptShare {
    if (!(most >= 0 && most <= 1)) {
      throw new IllegalArgumentException("max_corrupt_share must lie in [0, 1], got " + most);
    }
  }

  /** Whether so much is more than may be lost; never where it is not known how much there is. */
  public boolean isExceeded(long lost, long all) {
    return all > 0 && lost > most * all;
  }

  /**
   * Ends a run that has lost too much.
   *
   * @param name of the data
   * @param what is counted, as {@code bytes}
   * @param example one of the faults, with its place
   * @throws IOException where the share is larger
   */
  public void require(String name, long lost, long all, String what, String example)
      throws IOException {
    if (isExceeded(lost, all)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "'%s': %s of the %s cannot be read, more than max_corrupt_share = %s, as %s",
              name,
              percent(lost, all),
              what,
              most,
              example));
    }
  }

  /** A share in words: {@code 0.25 %}. */
  public static String percent(long lost, long all) {
    return String.format(Locale.ROOT, "%.2f %%", all == 0 ? 0 : 100.0 * lost / all);
  }
}
