@NullMarked
package io.rankline.server.config;

import org.jspecify.annotations.NullMarked;
