package io.rankline.server.rest;

/**
 * What one request may hold.
 *
 * @param mostItems items that are scored, those counted that fill shorter lists up
 * @param mostValues JSON values of all kinds
 */
public record RestLimits(long mostItems, long mostValues) {

  /** Checks both. */
  public RestLimits {
    if (mostItems < 1) {
      throw new IllegalArgumentException("max-items must be 1 or more, got " + mostItems);
    }
    if (mostValues < 1) {
      throw new IllegalArgumentException("values must be 1 or more, got " + mostValues);
    }
  }
}
