/**
 * A model for other engines: written in their form, read back, and proven to score alike.
 *
 * <p>Start at {@link io.rankline.export.EngineExport}.
 */
@NullMarked
package io.rankline.export;

import org.jspecify.annotations.NullMarked;
