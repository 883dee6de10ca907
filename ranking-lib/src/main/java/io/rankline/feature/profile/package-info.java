/** What the features of a data set look like, small enough to go with a model. */
@NullMarked
package io.rankline.feature.profile;

import org.jspecify.annotations.NullMarked;
