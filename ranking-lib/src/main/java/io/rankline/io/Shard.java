package io.rankline.io;

import java.io.Serializable;

/**
 * One file of a data set.
 *
 * @param path with scheme
 * @param bytes its length as it is stored
 */
public record Shard(String path, long bytes) implements Serializable {}
