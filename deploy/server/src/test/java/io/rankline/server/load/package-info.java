@NullMarked
package io.rankline.server.load;

import org.jspecify.annotations.NullMarked;
