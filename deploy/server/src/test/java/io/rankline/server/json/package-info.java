@NullMarked
package io.rankline.server.json;

import org.jspecify.annotations.NullMarked;
