/**
 * Trained networks in plain Java: read from the file that DL4J writes, and scored without DL4J,
 * ND4J or native code, by any number of threads.
 */
@NullMarked
package io.rankline.frozen;

import org.jspecify.annotations.NullMarked;
