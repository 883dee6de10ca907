/** Tests of the room. */
@NullMarked
package io.rankline.server.batch;

import org.jspecify.annotations.NullMarked;
