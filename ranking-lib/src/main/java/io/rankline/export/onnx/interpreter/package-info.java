/**
 * Scores with an ONNX file, operation by operation as ONNX defines them, without an engine.
 *
 * <p>Start at {@link io.rankline.export.onnx.interpreter.Interpreter}. It knows the operations that
 * ranking models are written with, and refuses all others, and attributes that it does not know.
 */
@NullMarked
package io.rankline.export.onnx.interpreter;

import org.jspecify.annotations.NullMarked;
