package io.rankline.spark.training;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;

/** Refuses what cannot be sent to executors, before a job does in Spark's words. */
final class Travelling {

  private Travelling() {}

  /**
   * Makes sure of it.
   *
   * @param what it is, for the message
   * @throws IllegalArgumentException naming the class that stands in the way
   */
  static void require(String what, Object value) throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(value);
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(
          "%s is sent to the executors and must be serializable, but holds a %s; make that class Serializable, or the field transient"
              .formatted(what, e.getMessage()),
          e);
    }
  }
}
