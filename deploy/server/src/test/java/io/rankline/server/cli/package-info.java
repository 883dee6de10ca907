@NullMarked
package io.rankline.server.cli;

import org.jspecify.annotations.NullMarked;
