@NullMarked
package io.rankline.server.model;

import org.jspecify.annotations.NullMarked;
