/**
 * Lists on executors: files are read where they are needed, their lists divided once among the
 * workers and kept there, and every pass goes through them in an order of its own without moving
 * any. The driver never holds a list.
 */
@NullMarked
package io.rankline.spark.training.data;

import org.jspecify.annotations.NullMarked;
