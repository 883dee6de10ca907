/** HOCON configuration to builders, one record a section. */
@NullMarked
package io.rankline.config;

import org.jspecify.annotations.NullMarked;
