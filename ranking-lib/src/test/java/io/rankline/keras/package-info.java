@NullMarked
package io.rankline.keras;

import org.jspecify.annotations.NullMarked;
