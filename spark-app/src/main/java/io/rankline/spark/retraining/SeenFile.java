package io.rankline.spark.retraining;

/**
 * A file of training data.
 *
 * @param path with its scheme
 * @param length in bytes; another one makes it another file
 */
public record SeenFile(String path, long length) {}
