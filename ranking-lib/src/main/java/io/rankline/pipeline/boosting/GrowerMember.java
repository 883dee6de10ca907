package io.rankline.pipeline.boosting;

/** This thread's part in growing the same trees as other processes. */
public interface GrowerMember extends AutoCloseable {

  /** Leaves; to be called on the thread that came, which grows alone from then on. */
  @Override
  void close();
}
