/**
 * Keras's own files: HDF5 in the layouts of Keras 2 and 3, and the archives of Keras 3.
 *
 * <p>Start at {@link io.rankline.io.tensor.hdf5.KerasFile}.
 */
@NullMarked
package io.rankline.io.tensor.hdf5;

import org.jspecify.annotations.NullMarked;
