/** Tests of layers: gradients by DL4J's own checker, JSON and model files, both workspace modes. */
@NullMarked
package io.rankline.model.layer;

import org.jspecify.annotations.NullMarked;
