package io.rankline.pipeline.boosting;

/** Where processes that grow trees together find each other. */
public interface GrowerMeeting extends AutoCloseable {

  /** "host:port", for those who come. */
  String address();

  /**
   * Waits until all have left that came, or this thread is interrupted, or the others were silent
   * for too long; to be called after this process has left.
   */
  void awaitEnd();

  /** Ends it, whoever is still there. */
  @Override
  void close();
}
