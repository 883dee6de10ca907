/** Exported models: signatures, loading, prediction. */
@NullMarked
package io.rankline.serving;

import org.jspecify.annotations.NullMarked;
