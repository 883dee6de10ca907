@NullMarked
package io.rankline.io.tensor.hdf5;

import org.jspecify.annotations.NullMarked;
