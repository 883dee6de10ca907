package io.rankline.pipeline.report;

import java.util.List;

/**
 * A part of a page under a heading. Charts that follow each other stand side by side where there is
 * room.
 *
 * @param title of the heading
 * @param blocks in order
 */
public record Chapter(String title, List<Block> blocks) {

  public Chapter {
    blocks = List.copyOf(blocks);
  }
}
