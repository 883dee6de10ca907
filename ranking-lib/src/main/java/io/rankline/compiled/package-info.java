/**
 * What the build compiles from C where it finds a compiler. Start at {@link
 * io.rankline.compiled.CompiledCode}; the functions themselves are named where they are called.
 */
@NullMarked
package io.rankline.compiled;

import org.jspecify.annotations.NullMarked;
