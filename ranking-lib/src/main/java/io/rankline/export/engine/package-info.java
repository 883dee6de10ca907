/** What a model is to those who write it down for another engine, and what they give back. */
@NullMarked
package io.rankline.export.engine;

import org.jspecify.annotations.NullMarked;
