/**
 * Models that are served: versions in folders, which of them are loaded, and what happens when new
 * ones appear.
 *
 * <p>Start at {@link io.rankline.server.model.ServedModels}.
 */
@NullMarked
package io.rankline.server.model;

import org.jspecify.annotations.NullMarked;
