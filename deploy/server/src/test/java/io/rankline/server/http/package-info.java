@NullMarked
package io.rankline.server.http;

import org.jspecify.annotations.NullMarked;
