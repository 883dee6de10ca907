package io.rankline.server.model;

/** What a version goes through, by the names of TensorFlow Serving. */
public enum VersionState {
  START,
  LOADING,
  AVAILABLE,
  UNLOADING,
  END
}
