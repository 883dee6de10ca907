@NullMarked
package io.rankline.server.rest;

import org.jspecify.annotations.NullMarked;
