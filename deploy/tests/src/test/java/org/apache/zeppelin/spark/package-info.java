/** What Zeppelin's Spark interpreter for Scala 2.12 lacks on Maven. */
@NullMarked
package org.apache.zeppelin.spark;

import org.jspecify.annotations.NullMarked;
