/**
 * Scorers on DeepLearning4J: model builders, input creators, preprocessors, layers, and the adapter
 * from a loss to DL4J.
 */
@NullMarked
package io.rankline.model;

import org.jspecify.annotations.NullMarked;
