/** What is in a data set: profiles of features, as text, as JSON, and as a drafted feature spec. */
@NullMarked
package io.rankline.spark.inspect;

import org.jspecify.annotations.NullMarked;
