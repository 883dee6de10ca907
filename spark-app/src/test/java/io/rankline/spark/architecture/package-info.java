/** What holds for the application as a whole. */
@NullMarked
package io.rankline.spark.architecture;

import org.jspecify.annotations.NullMarked;
