/**
 * How fast a model trains on this machine: a whole training step against the matrix products in it.
 */
@NullMarked
package io.rankline.model.benchmark;

import org.jspecify.annotations.NullMarked;
