package io.rankline.pipeline.report;

/**
 * Text that keeps its lines and blanks, such as a configuration.
 *
 * @param text without markup
 */
public record Listing(String text) implements Block {}
