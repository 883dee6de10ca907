/**
 * Which row of an embedding table a token is: vocabularies, hash buckets, identities.
 *
 * <p>Start at {@link io.rankline.feature.token.TokenIndex}.
 */
@NullMarked
package io.rankline.feature.token;

import org.jspecify.annotations.NullMarked;
