package io.rankline.model.input;

import io.rankline.feature.transform.TransformChain;
import java.io.Serializable;

/**
 * A feature that becomes columns of a dense block.
 *
 * @param name feature name
 * @param inputWidth number of values that an item has of it
 * @param chain what becomes of them
 * @param defaultValue stands for a missing value, before transforms; NaN for none, so that missing
 *     values are errors unless transforms take them away
 * @param columns where the result goes
 */
public record EncodedFeature(
    String name, int inputWidth, TransformChain chain, float defaultValue, FeatureColumns columns)
    implements Serializable {}
