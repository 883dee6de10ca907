/** Tests of model builders, scorers and preprocessing. */
@NullMarked
package io.rankline.model;

import org.jspecify.annotations.NullMarked;
