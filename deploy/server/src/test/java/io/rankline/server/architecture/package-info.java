@NullMarked
package io.rankline.server.architecture;

import org.jspecify.annotations.NullMarked;
