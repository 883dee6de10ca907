/** What a person at a terminal sees: progress, tables, sizes, the words of a failure. */
@NullMarked
package io.rankline.spark.terminal;

import org.jspecify.annotations.NullMarked;
