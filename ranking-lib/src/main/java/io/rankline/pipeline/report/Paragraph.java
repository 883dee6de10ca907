package io.rankline.pipeline.report;

/**
 * A paragraph of text.
 *
 * @param text without markup
 */
public record Paragraph(String text) implements Block {}
