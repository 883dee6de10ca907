/** Tests of sweeps. */
@NullMarked
package io.rankline.config.sweep;

import org.jspecify.annotations.NullMarked;
