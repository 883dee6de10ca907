package io.rankline.io;

import java.util.List;

/**
 * Features of a spec that data does not hold.
 *
 * @param sentences what is to be said of them; none where all are there
 * @param certain whether this is a mistake: no list at all has one of them, or there is another of
 *     nearly its name. A number that lacks in a family, as {@code f_7} beside {@code f_1} to {@code
 *     f_9}, is more likely a column of zeros that nobody wrote
 */
public record MissingFeatures(List<String> sentences, boolean certain) {
  public MissingFeatures {
    sentences = List.copyOf(sentences);
  }
}
