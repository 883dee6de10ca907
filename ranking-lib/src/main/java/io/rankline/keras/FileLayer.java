package io.rankline.keras;

import io.rankline.io.tensor.StoredTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tensors of a layer of a file.
 *
 * @param name as the file has it
 * @param tensors by what they are to the layer, in the file's order
 */
record FileLayer(String name, Map<String, StoredTensor> tensors) {

  /** The layers of a file, in the order of their first tensors. */
  static List<FileLayer> of(List<StoredTensor> tensors) {
    Map<String, Map<String, StoredTensor>> layers = new LinkedHashMap<>();
    for (StoredTensor tensor : tensors) {
      layers
          .computeIfAbsent(tensor.layer(), name -> new LinkedHashMap<>())
          .put(tensor.role(), tensor);
    }
    List<FileLayer> found = new ArrayList<>();
    layers.forEach((name, roles) -> found.add(new FileLayer(name, roles)));
    return found;
  }

  /** What it is; empty for what is none of the layers that can be taken. */
  Optional<LayerKind> kind() {
    return Arrays.stream(LayerKind.values())
        .filter(kind -> kind.isMadeOf(tensors.keySet()))
        .findFirst();
  }

  /** The tensor of a role. */
  Optional<StoredTensor> tensor(String role) {
    return Optional.ofNullable(tensors.get(role));
  }

  /** Whether its name holds a word: {@code click_head} and {@code tower/click} hold click. */
  boolean isNamedAfter(String word) {
    return Pattern.compile("(^|[/_.-])" + Pattern.quote(word) + "($|[/_.-])").matcher(name).find();
  }
}
