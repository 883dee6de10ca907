/** Tests of the configuration of runs. */
@NullMarked
package io.rankline.config;

import org.jspecify.annotations.NullMarked;
