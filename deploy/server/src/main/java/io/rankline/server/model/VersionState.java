package io.rankline.server.model;

/** What a version goes through, by the names of TensorFlow Serving, whose START is never seen. */
public enum VersionState {
  LOADING,
  AVAILABLE,
  UNLOADING,
  END
}
