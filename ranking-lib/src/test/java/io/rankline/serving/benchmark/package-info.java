/** What it costs to load exported models. */
@NullMarked
package io.rankline.serving.benchmark;

import org.jspecify.annotations.NullMarked;
