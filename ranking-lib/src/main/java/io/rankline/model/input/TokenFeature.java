package io.rankline.model.input;

import java.io.Serializable;

/**
 * A feature whose tokens become rows of an embedding table.
 *
 * @param name feature name, and name of the graph's input
 * @param embedding how; its table is named
 */
public record TokenFeature(String name, Embedding embedding) implements Serializable {}
