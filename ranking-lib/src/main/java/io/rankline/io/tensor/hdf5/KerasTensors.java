package io.rankline.io.tensor.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.rankline.io.tensor.NaturalOrder;
import io.rankline.io.tensor.StoredTensor;
import io.rankline.io.tensor.TensorFile;
import io.rankline.io.tensor.TensorFile.Order;
import io.rankline.io.tensor.TensorFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The tensors of an HDF5 file of Keras.
 *
 * <p>Keras 2 writes a group a layer. Attributes list the layers and the tensors of each in their
 * order, and tensors have names: {@code dense_1/kernel:0}. A whole model has these groups in {@code
 * model_weights}, and the network as JSON in an attribute.
 *
 * <p>Keras 3 writes the objects of a program: {@code layers/dense_1/vars/0}. Layers of a sequence
 * are numbered class by class. Those of a program's own class are not in order; they are sorted by
 * their names, which Keras numbers where the program gives none.
 */
final class KerasTensors {

  private static final String LAYER_NAMES = "layer_names";
  private static final String WEIGHT_NAMES = "weight_names";
  private static final String WHOLE_MODEL = "model_weights";
  private static final String MODEL_CONFIG = "model_config";

  private final StoredValues values;
  private final String path;
  private final List<StoredTensor> tensors = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  /**
   * Reads into lists of its own.
   *
   * @param path of the file, for messages
   * @param length of the file, in bytes
   */
  KerasTensors(String path, long length) {
    this.path = path;
    this.values = new StoredValues(path, length);
  }

  /** Reads a file, once. */
  TensorFile read(HdfFile file, String modelConfig) throws TensorFileException {
    Group weights = file.getChild(WHOLE_MODEL) instanceof Group model ? model : file;
    if (!texts(weights, LAYER_NAMES).isEmpty()) {
      List<String> config = texts(file, MODEL_CONFIG);
      readLayers(weights);
      return new TensorFile(
          tensors, leftOut, Order.OF_LAYERS, config.isEmpty() ? modelConfig : config.get(0));
    }
    boolean ordered = true;
    for (KerasVariable variable : KerasVariable.of(file)) {
      int before = tensors.size();
      add(variable.name(), variable.dataset());
      ordered &= variable.isOfSequence() || tensors.size() == before;
    }
    if (!ordered) {
      tensors.sort(Comparator.comparing(StoredTensor::name, NaturalOrder.NAMES));
    }
    return new TensorFile(tensors, leftOut, ordered ? Order.OF_LAYERS : Order.BY_NAME, modelConfig);
  }

  private void readLayers(Group weights) throws TensorFileException {
    List<String> seen = new ArrayList<>();
    for (String layer : texts(weights, LAYER_NAMES)) {
      if (!(weights.getChild(layer) instanceof Group group)) {
        throw new TensorFileException(path, "the file lacks layer '%s'".formatted(layer));
      }
      for (String weight : texts(group, WEIGHT_NAMES)) {
        if (!(group.getByPath(weight) instanceof Dataset dataset)) {
          throw new TensorFileException(
              path, "the file lacks tensor '%s' of layer '%s'".formatted(weight, layer));
        }
        String name = weight.endsWith(":0") ? weight.substring(0, weight.length() - 2) : weight;
        if (seen.contains(name) || !name.contains("/")) {
          name = layer + "/" + name;
        }
        seen.add(name);
        add(name, dataset);
      }
    }
  }

  private void add(String name, Dataset dataset) throws TensorFileException {
    Optional<StoredTensor> tensor = values.read(name, dataset);
    tensor.ifPresentOrElse(
        tensors::add, () -> leftOut.add("%s (%s)".formatted(name, StoredValues.type(dataset))));
  }

  /** The texts of an attribute, which long lists have in several: NAME, or NAME0, NAME1, … */
  private static List<String> texts(Node node, String name) {
    List<String> texts = new ArrayList<>();
    Attribute whole = node.getAttribute(name);
    if (whole != null) {
      add(whole, texts);
      return texts;
    }
    Attribute part = node.getAttribute(name + 0);
    for (int k = 1; part != null; k++) {
      add(part, texts);
      part = node.getAttribute(name + k);
    }
    return texts;
  }

  private static void add(Attribute attribute, List<String> texts) {
    Object data = attribute.getData();
    if (data instanceof String text) {
      texts.add(text);
    } else if (data instanceof String[] several) {
      texts.addAll(List.of(several));
    }
  }
}
