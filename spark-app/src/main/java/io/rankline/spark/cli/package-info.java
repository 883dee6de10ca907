/**
 * The command line. The only room that reads arguments, prints to standard output, or ends the JVM.
 *
 * <p>Start at {@link io.rankline.spark.cli.RankingApp}; each command is one class {@code …Command}
 * that names its options and does its work with the classes of a package below.
 *
 * <p>Results go to standard output, progress and failures to standard error. What a command writes
 * appears under its final name only when it is complete, see {@code StagedOutput}.
 */
@NullMarked
package io.rankline.spark.cli;

import org.jspecify.annotations.NullMarked;
