/** What tests of several rooms share: fixtures, tolerances, random input. */
@NullMarked
package io.rankline.testing;

import org.jspecify.annotations.NullMarked;
