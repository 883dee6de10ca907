/** What tests of several rooms share: the session, files of records. */
@NullMarked
package io.rankline.spark.testing;

import org.jspecify.annotations.NullMarked;
