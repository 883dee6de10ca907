/** Models and servers for tests. */
@NullMarked
package io.rankline.server.testing;

import org.jspecify.annotations.NullMarked;
