package io.rankline.model;

import static org.bytedeco.hdf5.global.hdf5.H5F_ACC_TRUNC;
import static org.bytedeco.hdf5.global.hdf5.H5S_SCALAR;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.hdf5.Attribute;
import org.bytedeco.hdf5.DataSet;
import org.bytedeco.hdf5.DataSpace;
import org.bytedeco.hdf5.Group;
import org.bytedeco.hdf5.H5File;
import org.bytedeco.hdf5.H5Object;
import org.bytedeco.hdf5.PredType;
import org.bytedeco.hdf5.StrType;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Writes a Sequential model as Keras 2 lays it out in HDF5, so that no Python is needed: the
 * configuration as JSON in attributes, the weights in {@code model_weights/layer/layer/name:0}.
 */
final class KerasFile {

  /**
   * One weight array.
   *
   * @param name {@code kernel}, {@code bias}
   * @param values row-major
   */
  record Weight(String name, long[] shape, float... values) {}

  private KerasFile() {}

  /**
   * Writes the file.
   *
   * @param configuration Keras's {@code model_config}, JSON
   * @param layers weights of each layer in Keras's order
   */
  static void write(Path file, String configuration, Map<String, List<Weight>> layers) {
    H5File h5 = new H5File(file.toString(), H5F_ACC_TRUNC());
    attribute(h5, "keras_version", "2.4.0");
    attribute(h5, "backend", "tensorflow");
    attribute(h5, "model_config", configuration);
    Group weights = h5.createGroup("model_weights");
    attribute(weights, "keras_version", "2.4.0");
    attribute(weights, "backend", "tensorflow");
    attribute(weights, "layer_names", List.copyOf(layers.keySet()));
    layers.forEach((layer, arrays) -> write(weights, layer, arrays));
    weights.deallocate();
    h5._close();
    h5.deallocate();
  }

  private static void write(Group parent, String layer, List<Weight> arrays) {
    Group outer = parent.createGroup(layer);
    attribute(
        outer,
        "weight_names",
        arrays.stream().map(array -> layer + "/" + array.name() + ":0").toList());
    Group inner = outer.createGroup(layer);
    for (Weight array : arrays) {
      DataSpace space = new DataSpace(array.shape().length, array.shape());
      DataSet data = inner.createDataSet(array.name() + ":0", PredType.NATIVE_FLOAT(), space);
      data.write(new FloatPointer(array.values()), PredType.NATIVE_FLOAT());
      data.deallocate();
      space.deallocate();
    }
    inner.deallocate();
    outer.deallocate();
  }

  private static void attribute(H5Object owner, String name, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    attribute(owner, name, bytes, bytes.length, new DataSpace(H5S_SCALAR));
  }

  /** Strings of one length, as h5py writes lists of names. */
  private static void attribute(H5Object owner, String name, List<String> values) {
    int length = values.stream().mapToInt(String::length).max().orElse(1);
    String padded =
        values.stream()
            .map(value -> value + "\0".repeat(length - value.length()))
            .collect(Collectors.joining());
    attribute(
        owner,
        name,
        padded.getBytes(StandardCharsets.UTF_8),
        length,
        new DataSpace(1, new long[] {values.size()}));
  }

  private static void attribute(
      H5Object owner, String name, byte[] bytes, int length, DataSpace space) {
    StrType type = new StrType(PredType.C_S1(), length);
    Attribute attribute = owner.createAttribute(name, type, space);
    Pointer data = new BytePointer(bytes);
    attribute.write(type, data);
    attribute.deallocate();
    type.deallocate();
    space.deallocate();
  }
}
