package io.rankline.keras;

import io.rankline.io.tensor.StoredTensor;
import io.rankline.io.tensor.TensorFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which layer of a file goes into which of the model: as the map says, then heads of several tasks
 * by the names of the tasks, then by order within a kind. Collects every fault on the way.
 */
final class LayerMatch {

  private final List<Place> places;
  private final List<FileLayer> layers;
  private final TensorFile file;
  private final Map<Place, FileLayer> matched = new LinkedHashMap<>();
  private final Set<Place> told = new HashSet<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * A match of layers that is still to be made.
   *
   * @param places of the model
   * @param file whose layers go there
   */
  LayerMatch(List<Place> places, TensorFile file) {
    this.places = places;
    this.layers = FileLayer.of(file.tensors());
    this.file = file;
  }

  /**
   * Makes the match.
   *
   * @param map names of layers of the file by names of places
   */
  void make(Map<String, String> map) {
    map.forEach(this::take);
    for (FileLayer layer : layers) {
      Set<String> roles = layer.tensors().keySet();
      if (layer.kind().isEmpty() && LayerKind.BATCH_NORM.isPartOf(roles) && !isTaken(layer)) {
        faults.add(halfBatchNorm(layer, roles));
      }
    }
    takeHeadsByName();
    told.addAll(matched.keySet());
    for (LayerKind kind : LayerKind.values()) {
      takeInOrder(kind);
    }
    requireShapes();
    requireNames();
  }

  /** The layer of the file for each place that has one, in the order of the places. */
  Map<Place, FileLayer> matched() {
    Map<Place, FileLayer> sorted = new LinkedHashMap<>();
    for (Place place : places) {
      FileLayer layer = matched.get(place);
      if (layer != null) {
        sorted.put(place, layer);
      }
    }
    return sorted;
  }

  /** What does not fit. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Tensors that go nowhere. */
  List<StoredTensor> unused() {
    return layers.stream()
        .filter(layer -> !isTaken(layer))
        .flatMap(layer -> layer.tensors().values().stream())
        .toList();
  }

  private void take(String placeName, String layerName) {
    Optional<Place> place = places.stream().filter(one -> one.name().equals(placeName)).findFirst();
    Optional<FileLayer> layer =
        layers.stream().filter(one -> one.name().equals(layerName)).findFirst();
    if (place.isEmpty()) {
      faults.add(
          "map: the model has no layer '%s'; it has %s"
              .formatted(placeName, names(places.stream().map(Place::name).toList())));
    }
    if (layer.isEmpty()) {
      faults.add(
          "map: the file has no layer '%s'; it has %s"
              .formatted(layerName, names(layers.stream().map(FileLayer::name).toList())));
    }
    if (place.isEmpty() || layer.isEmpty()) {
      return;
    }
    if (!layer.get().kind().equals(Optional.of(place.get().kind()))) {
      faults.add(
          "map: %s is %s, and layer '%s' of the file is none"
              .formatted(placeName, withArticle(place.get().kind()), layerName));
    } else if (isTaken(layer.get())) {
      faults.add("map: layer '%s' of the file is named twice".formatted(layerName));
    } else {
      matched.put(place.get(), layer.get());
    }
  }

  /** With one head the order says which it is. */
  private void takeHeadsByName() {
    List<Place> heads =
        free(LayerKind.DENSE).stream().filter(place -> !place.task().isEmpty()).toList();
    if (places.stream().filter(place -> !place.task().isEmpty()).count() < 2) {
      return;
    }
    Map<Place, FileLayer> found = new HashMap<>();
    List<String> unclear = new ArrayList<>();
    for (Place head : heads) {
      List<FileLayer> named =
          left(LayerKind.DENSE).stream().filter(layer -> layer.isNamedAfter(head.task())).toList();
      if (named.size() == 1 && !found.containsValue(named.get(0))) {
        found.put(head, named.get(0));
      } else {
        unclear.add(head.name());
      }
    }
    matched.putAll(found);
    if (!unclear.isEmpty()) {
      faults.add(
          "names do not tell which layer is the head of which task; say it with --map %s=LAYER,"
                  .formatted(unclear.get(0))
              + " layers are "
              + names(left(LayerKind.DENSE).stream().map(FileLayer::name).toList()));
    }
  }

  private void takeInOrder(LayerKind kind) {
    List<Place> open = free(kind);
    List<FileLayer> given = left(kind);
    boolean mapped = open.isEmpty() && places.stream().anyMatch(place -> place.kind() == kind);
    if (mapped || !faults.isEmpty()) {
      return;
    }
    if (open.size() != given.size()) {
      faults.add(wrongNumber(kind, open, given));
      return;
    }
    for (int k = 0; k < open.size(); k++) {
      matched.put(open.get(k), given.get(k));
    }
  }

  private String wrongNumber(LayerKind kind, List<Place> open, List<FileLayer> given) {
    String fault =
        "the model takes %s (%s), the file has %s (%s)"
            .formatted(
                number(open.size(), kind.words()),
                names(open.stream().map(Place::name).toList()),
                number(given.size(), kind.words()),
                names(given.stream().map(FileLayer::name).toList()));
    List<String> unread = file.leftOut().stream().filter(kind::isNamedIn).toList();
    if (!unread.isEmpty()) {
      return fault + "; of another type are " + names(unread);
    }
    if (kind == LayerKind.DENSE && given.size() > 1) {
      String widths =
          given.subList(0, given.size() - 1).stream()
              .flatMap(layer -> layer.tensor("kernel").stream())
              .map(StoredTensor::shape)
              .map(shape -> String.valueOf(shape.get(shape.size() - 1)))
              .collect(Collectors.joining(", "));
      return fault + "; hidden_layer_dims = [%s] would fit the file".formatted(widths);
    }
    return kind == LayerKind.BATCH_NORM
        ? fault + "; set use_batch_norm and input_batch_norm as they were there"
        : fault;
  }

  private void requireShapes() {
    matched()
        .forEach(
            (place, layer) ->
                layer
                    .tensors()
                    .forEach(
                        (role, tensor) -> {
                          if (!tensor.shape().equals(place.shape(role))) {
                            faults.add(
                                "%s: %s '%s' has shape %s, the model needs %s"
                                    .formatted(
                                        place.name(),
                                        role,
                                        tensor.name(),
                                        StoredTensor.words(tensor.shape()),
                                        StoredTensor.words(place.shape(role))));
                          }
                        }));
  }

  /** Layers of one shape that only their names put in order may be in another one. */
  private void requireNames() {
    if (file.order() == TensorFile.Order.OF_LAYERS || !faults.isEmpty()) {
      return;
    }
    Map<List<Object>, List<FileLayer>> alike = new HashMap<>();
    matched.forEach(
        (place, layer) -> {
          if (!told.contains(place)) {
            List<Object> shape = List.of(place.kind(), place.inputs(), place.outputs());
            alike.computeIfAbsent(shape, one -> new ArrayList<>()).add(layer);
          }
        });
    for (List<FileLayer> group : alike.values()) {
      Set<String> stems = new HashSet<>();
      group.forEach(layer -> stems.add(layer.name().replaceAll("_?\\d+", "")));
      if (group.size() > 1 && stems.size() > 1) {
        faults.add(
            "layers %s have the same shape, and the file does not say which comes first; say it with"
                    .formatted(names(group.stream().map(FileLayer::name).toList()))
                + " --map");
      }
    }
  }

  private static String halfBatchNorm(FileLayer layer, Set<String> roles) {
    return "layer '%s' has %s and is no batch norm, which has moving_mean and moving_variance, and"
            .formatted(layer.name(), String.join(", ", new TreeSet<>(roles)))
        + " gamma and beta or not";
  }

  private List<Place> free(LayerKind kind) {
    return places.stream()
        .filter(place -> place.kind() == kind && !matched.containsKey(place))
        .toList();
  }

  private List<FileLayer> left(LayerKind kind) {
    return layers.stream()
        .filter(layer -> layer.kind().equals(Optional.of(kind)) && !isTaken(layer))
        .toList();
  }

  private boolean isTaken(FileLayer layer) {
    return matched.containsValue(layer);
  }

  private static String names(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static String number(int count, String words) {
    return count + " " + (count == 1 ? words : words + "s");
  }

  private static String withArticle(LayerKind kind) {
    return (kind == LayerKind.EMBEDDING ? "an " : "a ") + kind.words();
  }
}
