package io.rankline.keras;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.io.tensor.TensorFile;
import io.rankline.io.tensor.TensorFileException;
import io.rankline.io.tensor.bundle.TensorBundle;
import io.rankline.io.tensor.hdf5.KerasFile;
import java.io.IOException;
import java.util.List;

/** Opens whatever weights are stored in: a SavedModel, a checkpoint, or a file of Keras. */
public final class WeightsFile {

  private static final String VARIABLES = "variables";
  private static final String INDEX = ".index";

  private WeightsFile() {}

  /**
   * Reads the tensors of a path.
   *
   * @param path the folder of a SavedModel, the prefix of a checkpoint ({@code …/ckpt-12}), or a
   *     file of Keras (.h5, .weights.h5, .keras)
   * @throws TensorFileException if it is none of these, damaged, or incomplete
   */
  public static TensorFile read(Storage storage, String path) throws IOException {
    Folder place = storage.folder(path);
    Folder variables = place.folder(VARIABLES);
    if (TensorBundle.isIn(variables, VARIABLES)) {
      return TensorBundle.read(variables, VARIABLES);
    }
    String name = place.name();
    Folder folder = place.parent();
    String prefix = name.endsWith(INDEX) ? name.substring(0, name.length() - INDEX.length()) : name;
    if (TensorBundle.isIn(folder, prefix)) {
      return TensorBundle.read(folder, prefix);
    }
    List<String> held = place.names();
    List<String> indices = held.stream().filter(one -> one.endsWith(INDEX)).toList();
    if (!indices.isEmpty()) {
      String first = indices.get(0);
      throw new TensorFileException(
          path,
          "is a folder of %s; name one: %s/%s"
              .formatted(
                  indices.size() == 1 ? "a checkpoint" : indices.size() + " checkpoints",
                  path,
                  first.substring(0, first.length() - INDEX.length())));
    }
    if (!folder.has(name)) {
      throw new TensorFileException(path, "there is no such file, folder or checkpoint");
    }
    boolean isFolder = !held.equals(List.of(name));
    if (isFolder || !KerasFile.isIn(folder, name)) {
      throw new TensorFileException(
          path,
          "is neither a TensorFlow SavedModel nor a checkpoint nor a file of Keras (.h5,"
              + " .weights.h5, .keras)");
    }
    return KerasFile.read(folder, name);
  }
}
