/**
 * The command line. The only room that reads arguments, prints to standard output, or ends the JVM.
 *
 * <p>Start at {@code RankingApp}.
 */
@NullMarked
package io.rankline.spark.cli;

import org.jspecify.annotations.NullMarked;
