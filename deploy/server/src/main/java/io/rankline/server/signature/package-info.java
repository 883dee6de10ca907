/**
 * Signatures called with serialized records, whatever the form is in which they came.
 *
 * <p>Start at {@link io.rankline.server.signature.SignatureCall}.
 */
@NullMarked
package io.rankline.server.signature;

import org.jspecify.annotations.NullMarked;
