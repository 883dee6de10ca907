/**
 * Models as ONNX files, for ONNX Runtime and for what scores with it.
 *
 * <p>Start at {@link io.rankline.export.onnx.OnnxFormat}.
 */
@NullMarked
package io.rankline.export.onnx;

import org.jspecify.annotations.NullMarked;
