/** ONNX Runtime itself on the files that Rankline writes. It shares no JVM with ND4J. */
@NullMarked
package io.rankline.engine.onnx;

import org.jspecify.annotations.NullMarked;
