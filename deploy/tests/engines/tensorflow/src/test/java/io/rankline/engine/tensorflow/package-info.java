/** TensorFlow itself on the SavedModels that Rankline writes. It shares no JVM with ND4J. */
@NullMarked
package io.rankline.engine.tensorflow;

import org.jspecify.annotations.NullMarked;
