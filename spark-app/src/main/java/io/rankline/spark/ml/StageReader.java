package io.rankline.spark.ml;

import java.util.NoSuchElementException;
import org.apache.spark.ml.util.DefaultParamsReader;

/** Reads a stage that is its params. One that another Rankline saved says so. */
final class StageReader<T> extends DefaultParamsReader<T> {

  @Override
  public T load(String path) {
    try {
      return super.load(path);
    } catch (NoSuchElementException e) {
      throw ofAnotherVersion(path, e);
    }
  }

  /** The fault of a stage with a param that there is none of here. */
  static IllegalArgumentException ofAnotherVersion(String path, NoSuchElementException fault) {
    return new IllegalArgumentException(
        "%s: %s Another Rankline saved it: load it with that one, or a newer one"
            .formatted(path, fault.getMessage()),
        fault);
  }
}
