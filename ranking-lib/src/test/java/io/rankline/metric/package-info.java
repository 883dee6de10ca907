/** Tests of the metrics; the contract is what all promise. */
@NullMarked
package io.rankline.metric;

import org.jspecify.annotations.NullMarked;
