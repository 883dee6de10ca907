/** Tests of arithmetic on rows: the way for the processor against the one made of ND4J calls. */
@NullMarked
package io.rankline.model.kernel;

import org.jspecify.annotations.NullMarked;
