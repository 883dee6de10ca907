/** Tests of the list that losses see. */
@NullMarked
package io.rankline.loss.form;

import org.jspecify.annotations.NullMarked;
