/**
 * From a configuration file to a pipeline.
 *
 * <p>Start at {@link io.rankline.config.RunConfig}; each section of the file has one record that
 * holds what it says. Keys are TF-Ranking's names in snake_case.
 */
@NullMarked
package io.rankline.config;

import org.jspecify.annotations.NullMarked;
